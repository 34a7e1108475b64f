#include "racepair/case.hpp"
#include "work.hpp"

RACEPAIR_CASE("bench.two_threads")
    .lesson("The fixed counter, two threads of its own a trial.")
    .expects(2 * bench::rounds)
    .needs_company()
    .scenario(bench::two_threads)
    .fixed<bench::Fixed>();

RACEPAIR_CASE("bench.one_thread")
    .lesson("The same work without a thread: what a trial costs beyond its work.")
    .expects(bench::rounds)
    .scenario(bench::one_thread)
    .fixed<bench::Fixed>();
