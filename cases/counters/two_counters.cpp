// two_counters: the same threads, the same loop, two counters side by side.
// One is plain and one is atomic, so only one of them keeps its promise.

#include <atomic>
#include <cstdint>
#include <string>

#include "racepair/case.hpp"

namespace two_counters {

struct Racy {
    std::uint64_t ops = 0;  // two threads can read the same old value
    std::atomic<std::uint64_t> atomic_ops = 0;
    void increment() {
        ops++;
        atomic_ops++;
    }
};

struct Fixed {
    std::atomic<std::uint64_t> ops = 0;  // now ++ is one step
    std::atomic<std::uint64_t> atomic_ops = 0;
    void increment() {
        ops++;
        atomic_ops++;
    }
};

std::string both(std::uint64_t ops, std::uint64_t atomic_ops) {
    return "ops " + std::to_string(ops) +  //
           ", atomic ops " + std::to_string(atomic_ops);
}

constexpr auto count_both = [](auto& counters, auto& team) {
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) counters.increment();
    });
    return both(counters.ops, counters.atomic_ops);
};

}  // namespace two_counters

using namespace two_counters;

RACEPAIR_CASE("counters.two_counters")
    .lesson("An atomic neighbour protects nobody: each shared counter must be atomic itself.")
    .exercise(
        "The same loop keeps both counters. Which of the two numbers can you rely on, and why?")
    .scope({.threads = 10, .rounds = 5000})
    .at_most_trials(300)
    .expects([](racepair::Scope scope) {
        const std::uint64_t all = std::uint64_t(scope.threads) * std::uint64_t(scope.rounds);
        return both(all, all);
    })
    .scenario(count_both)
    .blind("plain", racepair::When::one_cpu, "threads take turns and rarely switch in a gap", 0.9)
    .racy<Racy>()
    .fixed<Fixed>();
