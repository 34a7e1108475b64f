#pragma once

// The work that scripts/bench times twice: once driven by racepair's trial loop, once by a loop
// written by hand.

#include <atomic>
#include <cstdint>
#include <thread>

namespace bench {

struct Fixed {
    std::atomic<std::uint64_t> ops = 0;
    void increment() { ops.fetch_add(1); }
};

constexpr int rounds = 1000;

constexpr auto two_threads = [](auto& counter) -> std::uint64_t {
    const auto work = [&] {
        for (int round = 0; round < rounds; ++round) counter.increment();
    };
    std::thread first(work), second(work);
    first.join();
    second.join();
    return counter.ops;
};

/// No thread at all: what is left is the loop itself.
constexpr auto one_thread = [](auto& counter) -> std::uint64_t {
    for (int round = 0; round < rounds; ++round) counter.increment();
    return counter.ops;
};

}  // namespace bench
