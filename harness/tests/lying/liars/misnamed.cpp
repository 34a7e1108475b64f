// misnamed: a case of a name that --filter takes for something else.

#include "racepair/case.hpp"

namespace misnamed {

struct Fixed {};

}  // namespace misnamed

using namespace misnamed;

RACEPAIR_CASE(MISNAMED_CASE)
    .expects(1)
    .scenario([](auto&) { return 1; })
    .fixed<Fixed>(MISNAMED_VARIANT);
