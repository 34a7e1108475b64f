// false_sharing: each thread counts in an element of its own, next to the
// others'. Two elements are two memory locations [intro.memory]/3: no race,
// although they share a cache line, which is slow. Two threads in one element
// are a race, be that element ever so far from the next one.

#include <array>
#include <cstddef>
#include <utility>

#include "racepair/case.hpp"

namespace false_sharing {

struct Racy {
    std::array<int, 8> counts{};
    int& of(std::size_t thread) { return counts[thread / 2]; }  // two in one
};

struct Fixed {
    std::array<int, 8> counts{};
    int& of(std::size_t thread) { return counts[thread]; }  // one each
};

struct Padded {
    struct alignas(64) Count {
        int value;
    };
    std::array<Count, 8> counts{};
    // a cache line for each element, and still two threads in one element
    int& of(std::size_t thread) { return counts[thread / 2].value; }
};

constexpr auto count_side_by_side = [](auto& table, auto& team) {
    team.run([&](int thread) {
        for (int i = 0; i < team.rounds(); ++i) ++table.of(thread);
    });
    int sum = 0;
    for (int thread = 0; thread < team.threads(); ++thread)
        sum += std::exchange(table.of(thread), 0);
    return sum;
};

}  // namespace false_sharing

using namespace false_sharing;

RACEPAIR_CASE("silent.false_sharing")
    .lesson("A race is about one memory location: neighbours are slow at worst, never wrong.")
    .exercise(
        "Measure Fixed, unoptimised and with a million rounds, with and without alignas(64) on its "
        "elements; then say what a detector should report.")
    .scope({.threads = 4, .rounds = 1000})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(count_side_by_side)
    .blind("plain", racepair::When::optimised, "the loop is folded into one single addition", 0.9)
    .blind("plain", racepair::When::one_cpu, "threads rarely switch in so short a gap", 0.9)
    .racy<Racy>()
    .wrong_fix<Padded>("padded", racepair::Defect::data_race)
    .fixed<Fixed>();
