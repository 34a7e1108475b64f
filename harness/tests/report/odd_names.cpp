// A subject whose names mean something to CMake, each of them.

#include "racepair/case.hpp"

namespace odd_names {

struct Racy {};
struct Fixed {};

constexpr auto nothing = [](auto&) { return 1; };

}  // namespace odd_names

using namespace odd_names;

RACEPAIR_CASE("odd.brackets]]and]=]more]")
    .expects(1)
    .scenario(nothing)
    .racy<Racy>("ra]cy")
    .fixed<Fixed>();
RACEPAIR_CASE("odd.quotes\"and\\back${slashes}")
    .expects(1)
    .scenario(nothing)
    .fixed<Fixed>("(fixed)#");
RACEPAIR_CASE("odd.semi;colon and blank")
    .expects(1)
    .scenario(nothing)
    .racy<Racy>("a;b")
    .fixed<Fixed>("$ENV{HOME}");
RACEPAIR_CASE("plain.name")
    .expects(1)
    .scenario(nothing)
    .wrong_fix<Racy>("volatile", racepair::Defect::data_race);
