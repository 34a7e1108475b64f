// start_gate: runners come to a gate one by one and wait there, looking again
// and again, until the starter opens it. What the starter laid out before that
// all of them have to see: so opening must release it, and passing through must
// acquire it [atomics.order]/2. That the gate is open says no such thing.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"

namespace start_gate {

struct Racy {
    long metres = 0;
    bool open = false;
    void start() {
        metres = 400;
        open = true;
    }
    long run() {
        // looks again only since the compiler does not know what yield() does
        while (!open) std::this_thread::yield();
        return metres;
    }
};

struct Volatile {
    long metres = 0;
    volatile bool open = false;
    void start() {
        metres = 400;
        open = true;
    }
    long run() {
        while (!open) std::this_thread::yield();  // does look, and races
        return metres;
    }
};

struct Relaxed {
    long metres = 0;
    std::atomic<bool> open = false;
    void start() {
        metres = 400;
        open.store(true, std::memory_order_relaxed);  // open, and no more
    }
    long run() {
        while (!open.load(std::memory_order_relaxed)) std::this_thread::yield();
        return metres;
    }
};

struct Fixed {
    long metres = 0;
    std::atomic<bool> open = false;
    void start() {
        metres = 400;
        open.store(true, std::memory_order_release);  // … with all before it
    }
    long run() {
        while (!open.load(std::memory_order_acquire)) std::this_thread::yield();
        return metres;
    }
};

constexpr auto start_together = [](auto& race, auto& team) {
    const int runners = team.threads() - 1;
    std::atomic<int> at_gate = 0;
    std::atomic<long> sum = 0;
    team.run([&](int member) {
        if (member == runners) {
            while (at_gate < runners) std::this_thread::yield();
            race.start();
        } else {
            ++at_gate;  // tells the starter, who has nothing to tell yet
            sum += race.run();
        }
    });
    return sum.load();
};

}  // namespace start_gate

using namespace start_gate;

RACEPAIR_CASE("silent.start_gate")
    .lesson("Whoever opens a gate releases what was prepared; whoever passes acquires it.")
    .exercise(
        "By at_gate the runners hand over to the starter. Why does that order nothing of what the "
        "starter lays out, and what would, if the gate stayed relaxed?")
    .scope({.threads = 4, .rounds = 1})
    .explore_scope({.threads = 3, .rounds = 1})
    .expects([](racepair::Scope scope) { return 400 * (scope.threads - 1); })
    .scenario(start_together)
    .blind("plain", racepair::When::always,
           "neither x86 nor the compiler here reorders the two stores or the two loads")
    .racy<Racy>()
    .wrong_fix<Volatile>("volatile", racepair::Defect::data_race)
    .wrong_fix<Relaxed>("relaxed", racepair::Defect::data_race)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
