// livelock: two meet in a doorway. Each says that it wants to go, sees that
// the other one does as well, steps back and comes again. Nobody is blocked,
// everybody is busy, and nobody gets through. Here each gives up in the end,
// so that the trial ends; without that they could go on for ever.

#include <array>
#include <atomic>
#include <thread>

#include "racepair/case.hpp"

namespace livelock {

constexpr int patience = 3;

struct Racy {
    std::array<std::atomic<bool>, 2> wants = {};
    bool enter(int me) {
        for (int times = 0; times < patience; ++times) {
            wants[me] = true;
            std::this_thread::yield();
            if (!wants[1 - me]) return true;
            std::this_thread::yield();
            wants[me] = false;  // after you. – No, after you.
        }
        return false;
    }
};

struct WaitsLonger {
    std::array<std::atomic<bool>, 2> wants = {};
    bool enter(int me) {
        for (int times = 0; times < patience; ++times) {
            wants[me] = true;
            std::this_thread::yield();
            if (!wants[1 - me]) return true;
            std::this_thread::yield();
            wants[me] = false;
            std::this_thread::yield();  // both do, and meet again
        }
        return false;
    }
};

struct Fixed {
    std::array<std::atomic<bool>, 2> wants = {};
    bool enter(int me) {
        wants[me] = true;
        while (wants[1 - me]) {
            if (me == 1) wants[me] = false;  // only one of them is polite
            while (wants[1 - me]) std::this_thread::yield();
            wants[me] = true;
        }
        return true;
    }
};

constexpr auto meet_in_the_doorway = [](auto& door, auto& team) {
    std::atomic<int> through = 0;
    team.run([&](int me) {
        if (!door.enter(me)) return;
        ++through;
        door.wants[me] = false;
    });
    return through.load();
};

}  // namespace livelock

using namespace livelock;

RACEPAIR_CASE("atomicity.livelock")
    .lesson("Being busy is not getting on: of two who step back, one has to go first.")
    .exercise(
        "Write down the schedule in which both step back three times. Would a "
        "random waiting time cure Racy? What does it promise, and what not?")
    .roles(2)
    .scope({.threads = 2, .rounds = 1})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](racepair::Scope scope) { return scope.threads; })
    .scenario(meet_in_the_doorway)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<WaitsLonger>("waits_longer", racepair::Defect::race_condition)
    .fixed<Fixed>();
