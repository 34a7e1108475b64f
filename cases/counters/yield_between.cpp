// yield_between: the gap inside ++, written out and held open.
// Whoever yields between the read and the write comes back with an old value,
// on one CPU as well: losing an update takes a switch, not a second CPU.

#include <atomic>
#include <cstdint>
#include <thread>

#include "racepair/case.hpp"

namespace yield_between {

struct Racy {
    std::uint64_t ops = 0;
    void increment() {
        const auto seen = ops;
        std::this_thread::yield();
        ops = seen + 1;  // overwrites what the others did meanwhile
    }
};

struct AtomicSteps {
    std::atomic<std::uint64_t> ops = 0;
    void increment() {
        const auto seen = ops.load();
        std::this_thread::yield();
        ops.store(seen + 1);  // overwrites it just the same
    }
};

struct Fixed {
    std::atomic<std::uint64_t> ops = 0;
    void increment() {
        ops.fetch_add(1);  // nothing fits in between
        std::this_thread::yield();
    }
};

constexpr auto count_together = [](auto& counter, auto& team) -> std::uint64_t {
    team.run([&] {
        for (int round = 0; round < team.rounds(); ++round) counter.increment();
    });
    return counter.ops;
};

}  // namespace yield_between

using namespace yield_between;

RACEPAIR_CASE("counters.yield_between")
    .lesson("An update is lost between its read and its write: leave no gap between them.")
    .exercise(
        "Hold the gap open: it loses updates on one CPU as well. Why is AtomicSteps silent and "
        "wrong?")
    .scope({.threads = 10, .rounds = 20})
    .at_most_trials(200)
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(count_together)
    .racy<Racy>()
    .wrong_fix<AtomicSteps>("atomic_steps", racepair::Defect::race_condition)
    .fixed<Fixed>();
