// yield_after: after each increment a thread lets the others go first.
// The optimiser can no longer fold the loop into one addition, so threads
// meet more often. A yield changes how often it happens, not whether it can.

#include <atomic>
#include <cstdint>
#include <thread>

#include "racepair/case.hpp"

namespace yield_after {

struct Racy {
    std::uint64_t ops = 0;
    void increment() {
        ops++;  // three steps, and the yield is not between them
        std::this_thread::yield();
    }
};

struct Fixed {
    std::atomic<std::uint64_t> ops = 0;
    void increment() {
        ops++;  // one step
        std::this_thread::yield();
    }
};

constexpr auto count_together = [](auto& counter, auto& team) -> std::uint64_t {
    team.run([&] {
        for (int round = 0; round < team.rounds(); ++round) counter.increment();
    });
    return counter.ops;
};

}  // namespace yield_after

using namespace yield_after;

RACEPAIR_CASE("counters.yield_after")
    .lesson("How often a race shows depends on the schedule; whether it is there does not.")
    .exercise(
        "Compare how often it goes wrong with counters.plain_counter, optimised and not. What did "
        "the yield change, and what did it not?")
    .scope({.threads = 20, .rounds = 200})
    .at_most_trials(40)
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(count_together)
    .blind("plain", racepair::When::one_cpu, "threads switch at the yield, not inside ++", 0.9)
    .racy<Racy>()
    .fixed<Fixed>();
