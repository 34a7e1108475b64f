// atomic_ref: the variable stays plain, the access becomes atomic.
// It helps where the type of the variable is not yours to change, and only
// while every thread goes through it for every access.

#include <atomic>
#include <cstdint>

#include "racepair/case.hpp"

namespace atomic_ref {

struct Racy {
    std::uint64_t ops = 0;
    void increment() {
        ops++;  // load, add, store
    }
};

struct Fixed {
    std::uint64_t ops = 0;
    void increment() {
        std::atomic_ref<std::uint64_t>(ops).fetch_add(1);  // one step
    }
};

struct PlainRead {
    std::uint64_t ops = 0;
    void increment() {
        std::atomic_ref<std::uint64_t>(ops).store(ops + 1);  // reads past it
    }
};

constexpr auto count_together = [](auto& counter, auto& team) {
    team.run([&] {
        for (int round = 0; round < team.rounds(); ++round) counter.increment();
    });
    return counter.ops;  // plain again: no atomic_ref to it is left
};

}  // namespace atomic_ref

using namespace atomic_ref;

RACEPAIR_CASE("counters.atomic_ref")
    .lesson("std::atomic_ref makes each access atomic that goes through it, and no other.")
    .exercise(
        "Find the access in PlainRead that goes past the reference. Would you find it in a review?")
    .scope({.threads = 10, .rounds = 5000})
    .at_most_trials(300)
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(count_together)
    .blind("plain", racepair::When::optimised_on_one_cpu,
           "threads take turns and rarely switch in so short a gap", 0.9)
    .racy<Racy>()
    .blind("plain", racepair::When::optimised, "the loop is folded into one single addition", 0.9)
    .wrong_fix<PlainRead>("plain_read", racepair::Defect::data_race)
    .blind("valgrind", racepair::When::always, "an update with the bus locked is no write to it")
    .fixed<Fixed>();
