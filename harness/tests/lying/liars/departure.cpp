// departure: subjects that leave in the middle of a trial, with a status that sounds fine.

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "racepair/case.hpp"

namespace departure {

struct ByExit {
    void work(auto&) { std::exit(0); }
};

struct ByUnderscoreExit {
    void work(auto&) { _exit(0); }
};

/// The parent is gone with status 0, and the child goes on with the trials.
struct ByFork {
    void work(auto&) {
        if (fork() != 0) _exit(0);
    }
};

struct ByException {
    void work(auto&) { throw std::runtime_error("49999"); }
};

struct ByNoException {
    void work(auto&) { throw 49'999; }
};

struct ByExceptionInThread {
    void work(auto& team) {
        team.run([] { throw std::runtime_error("nobody catches this"); });
    }
};

constexpr auto do_work = [](auto& variant, auto& team) {
    variant.work(team);
    return 1;
};

}  // namespace departure

using namespace departure;

RACEPAIR_CASE("departure.in_trial")
    .needs_company()
    .expects(1)
    .scenario(do_work)
    .racy<ByExit>()
    .fixed<ByExit>("exit")
    .fixed<ByUnderscoreExit>("underscore_exit")
    .fixed<ByFork>("fork")
    .fixed<ByException>("exception")
    .fixed<ByNoException>("no_exception")
    .fixed<ByExceptionInThread>("exception_in_thread");

RACEPAIR_CASE("departure.before_trials").expects(1).scenario(do_work).fixed<ByExit>("exit");
