// plain_counter: fifty threads add to one counter, and some additions vanish.
// ops++ reads the old value, adds one and writes the sum back. A thread that
// reads before another has written builds on the same old value.

#include <atomic>
#include <cstdint>
#include <mutex>

#include "racepair/case.hpp"

namespace plain_counter {

struct Racy {
    std::uint64_t ops = 0;
    // load, add, store: three steps
    void increment() { ops++; }
};

struct Fixed {
    std::atomic<std::uint64_t> ops = 0;
    // one step: no in-between
    void increment() { ops.fetch_add(1); }
};

struct Volatile {
    volatile std::uint64_t ops = 0;
    // really read, really written: still three steps
    void increment() { ops = ops + 1; }
};

struct LoadThenStore {
    std::atomic<std::uint64_t> ops = 0;
    // two indivisible steps, and a gap between them
    void increment() { ops.store(ops.load() + 1); }
};

struct MutexPerCall {
    std::uint64_t ops = 0;
    void increment() {
        std::mutex mine;  // a new lock each time: nobody ever waits for it
        std::lock_guard lock(mine);
        ops++;
    }
};

constexpr auto count_together = [](auto& counter, auto& team) -> std::uint64_t {
    team.run([&] {
        for (int round = 0; round < team.rounds(); ++round) counter.increment();
    });
    return counter.ops;
};

}  // namespace plain_counter

using namespace plain_counter;

RACEPAIR_CASE("counters.plain_counter")
    .lesson("++ on a plain variable is three steps, and an update in between them is lost.")
    .exercise(
        "Compare Racy and Fixed; then say why volatile, an atomic load and store, and a mutex of "
        "one's own still lose updates, and which of them silences the detectors.")
    .scope({.threads = 50, .rounds = 1000})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(count_together)
    .blind("plain", racepair::When::optimised_on_one_cpu,
           "threads take turns and rarely switch in so short a gap", 0.9)
    .racy<Racy>()
    .blind("plain", racepair::When::optimised, "the loop is folded into one single addition", 0.9)
    .wrong_fix<Volatile>("volatile", racepair::Defect::data_race)
    .wrong_fix<LoadThenStore>("load_then_store", racepair::Defect::race_condition)
    .wrong_fix<MutexPerCall>("mutex_per_call", racepair::Defect::data_race)
    .fixed<Fixed>();
