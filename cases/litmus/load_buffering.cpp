// load_buffering: each thread reads the other's flag, then writes its own. If
// both read 1, each 1 was written after the other one was read, in a circle.
// The language allows that to relaxed accesses. x86 never does it; ARM may, and
// so may a compiler.

#include <atomic>
#include <string>

#include "racepair/case.hpp"
#include "start_line.hpp"

namespace load_buffering {

template <std::memory_order store, std::memory_order load>
struct Flags {
    std::atomic<int> x = 0, y = 0;
    int first() {
        const int seen = x.load(load);
        y.store(1, store);
        return seen;
    }
    int second() {
        const int seen = y.load(load);
        x.store(1, store);
        return seen;
    }
};
struct Relaxed : Flags<std::memory_order_relaxed, std::memory_order_relaxed> {};
// each read 1 happens after the store that it read: the circle is impossible
struct Handover : Flags<std::memory_order_release, std::memory_order_acquire> {};

constexpr auto read_then_write = [](auto& flags, auto& team) {
    litmus::StartLine line(2);
    int seen[2] = {};
    team.run([&](int member) {
        line.wait();
        seen[member] = member == 0 ? flags.first() : flags.second();
    });
    return std::to_string(seen[0]) + " " + std::to_string(seen[1]);
};

}  // namespace load_buffering

using namespace load_buffering;

RACEPAIR_CASE("litmus.load_buffering")
    .lesson(
        "Relaxed accesses may take effect in another order than written, even where no CPU "
        "shows it.")
    .exercise("Draw what happens before what if both read 1, with relaxed and with acquire.")
    .source("the load-buffering litmus test")
    .roles(2)
    .explore_scope({.threads = 2, .rounds = 1})
    .needs_company([](auto& flags) { return flags.first() == 0 && flags.second() == 1; })
    .expects("0 0", "0 1", "1 0")
    .interesting("1 1")
    .scenario(read_then_write)
    .racy<Relaxed>("relaxed", racepair::Defect::weak_memory)
    .fixed<Handover>();
