// store_buffering: each thread writes its own flag, then reads the other's. In
// any interleaving one of them comes second and sees a 1. But a store may still
// wait in a buffer while the load behind it is done already: both see 0.

#include <atomic>
#include <string>

#include "racepair/case.hpp"
#include "start_line.hpp"

namespace store_buffering {

template <std::memory_order store, std::memory_order load>
struct Flags {
    std::atomic<int> x = 0, y = 0;
    int first() {
        x.store(1, store);
        return y.load(load);
    }
    int second() {
        y.store(1, store);
        return x.load(load);
    }
};
struct Relaxed : Flags<std::memory_order_relaxed, std::memory_order_relaxed> {};
// orders what comes before a store and after a load; here it is the other way
struct Handover : Flags<std::memory_order_release, std::memory_order_acquire> {};
// one order of all four accesses, the same for everybody [atomics.order]/4
struct Total : Flags<std::memory_order_seq_cst, std::memory_order_seq_cst> {};

constexpr auto write_then_read = [](auto& flags, auto& team) {
    litmus::StartLine line(2);
    int seen[2] = {};
    team.run([&](int member) {
        line.wait();
        seen[member] = member == 0 ? flags.first() : flags.second();
    });
    return std::to_string(seen[0]) + " " + std::to_string(seen[1]);
};

}  // namespace store_buffering

using namespace store_buffering;

RACEPAIR_CASE("litmus.store_buffering")
    .lesson("A load may overtake an earlier store of its thread, unless seq_cst orders them.")
    .exercise("Count the interleavings of the four accesses. In which of them do both read 0?")
    .source(
        "the store-buffering litmus test; Dekker's mutual exclusion rests on '0 0' being "
        "impossible")
    .roles(2)
    .explore_scope({.threads = 2, .rounds = 1})
    .needs_company([](auto& flags) { return flags.first() == 0 && flags.second() == 1; })
    .expects("0 1", "1 0", "1 1")
    .interesting("0 0")
    .scenario(write_then_read)
    .racy<Relaxed>("relaxed", racepair::Defect::weak_memory)
    .wrong_fix<Handover>("acquire_release", racepair::Defect::weak_memory)
    .fixed<Total>();
