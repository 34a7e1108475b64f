// typed_atomic: the type alone is the cure, and not one line of code changes.
// One member of the team watches while the others count: a load of an atomic
// is safe in the middle of it all, and if each step is a ++, it never goes
// backwards.

#include <atomic>
#include <cstdint>
#include <string>

#include "racepair/case.hpp"

namespace typed_atomic {

struct Racy {
    std::uint64_t ops = 0;  // read and written at the same time
    void increment() { ops++; }
    std::uint64_t value() { return ops; }
};

struct Fixed {
    std::atomic<std::uint64_t> ops = 0;  // ++ is one access now, and one step
    void increment() { ops++; }
    std::uint64_t value() { return ops; }
};

struct LongHand {
    std::atomic<std::uint64_t> ops = 0;
    void increment() { ops = ops + 1; }  // a load, then a store
    std::uint64_t value() { return ops; }
};

constexpr auto watch_while_counting = [](auto& counter, auto& team) {
    bool went_backwards = false;
    team.run([&](int member) {
        if (member != 0) {
            for (int i = 0; i < team.rounds(); ++i) counter.increment();
            return;
        }
        std::uint64_t last = 0;
        for (int i = 0; i < team.rounds(); ++i) {
            const auto now = counter.value();
            if (now < last) went_backwards = true;
            last = now;
        }
    });
    if (went_backwards) return std::string("a load went backwards");
    return std::to_string(counter.value());
};

}  // namespace typed_atomic

using namespace typed_atomic;

RACEPAIR_CASE("counters.typed_atomic")
    .lesson("A typed atomic makes ++ one step; ops = ops + 1 is a load and a store even so.")
    .exercise(
        "Only the type of a member changes. Find the two operations in LongHand that look like "
        "one.")
    .scope({.threads = 11, .rounds = 5000})
    .explore_scope({.threads = 3, .rounds = 2})
    .at_most_trials(300)
    .needs_company([](auto& counter) {
        counter.increment();
        return counter.value() == 1;
    })
    .expects([](racepair::Scope scope) { return (scope.threads - 1) * scope.rounds; })
    .scenario(watch_while_counting)
    .blind("plain", racepair::When::optimised_on_one_cpu,
           "threads take turns and rarely switch in so short a gap", 0.9)
    .racy<Racy>()
    .blind("plain", racepair::When::optimised, "the loop is folded into one single addition", 0.9)
    .wrong_fix<LongHand>("long_hand", racepair::Defect::race_condition)
    .fixed<Fixed>();
