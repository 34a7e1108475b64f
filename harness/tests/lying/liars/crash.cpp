// crash: subjects that die before, during and after their trials.

#include <cstdlib>

#include "nowhere.hpp"
#include "racepair/case.hpp"

namespace crash {

struct InConstructor {
    InConstructor() { lying::write_to_nowhere(); }
};

struct InTrial {
    void work(auto&) {
        static int trials = 0;
        if (++trials == 5) lying::write_to_nowhere();
    }
};

struct InThread {
    void work(auto& team) {
        team.run([](int index) {
            if (index == 1) lying::write_to_nowhere();
        });
    }
};

struct AtExit {
    void work(auto&) {
        [[maybe_unused]] static const int once = std::atexit(lying::write_to_nowhere);
    }
};

/// Made before main, so it goes after all that main has asked to be called at exit.
struct LastWill {
    bool armed = false;
    ~LastWill() {
        if (armed) lying::write_to_nowhere();
    }
} last_will;

struct AfterGoodbye {
    void work(auto&) { last_will.armed = true; }
};

constexpr auto do_work = [](auto& variant, auto& team) {
    variant.work(team);
    return 1;
};

}  // namespace crash

using namespace crash;

RACEPAIR_CASE("crash.before_trials")
    .expects(1)
    .scenario([](auto&) { return 1; })
    .racy<InConstructor>()
    .fixed<InConstructor>();

RACEPAIR_CASE("crash.before_first_trial")
    .needs_company()
    .expects(1)
    .scenario([](auto&) { return 1; })
    .racy<InConstructor>()
    .fixed<InConstructor>();

RACEPAIR_CASE("crash.during_trials")
    .expects(1)
    .scenario(do_work)
    .racy<InTrial>()
    .fixed<InTrial>()
    .fixed<InThread>("in_thread");

RACEPAIR_CASE("crash.after_trials")
    .expects(1)
    .scenario(do_work)
    .racy<AtExit>()
    .fixed<AtExit>()
    .fixed<AfterGoodbye>("after_goodbye");
