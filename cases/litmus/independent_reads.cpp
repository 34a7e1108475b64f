// independent_reads (IRIW): two threads write one flag each, two others read
// both, in opposite orders. If each sees the flag up that it reads first, and
// the second one still down, they do not agree on which came first. Acquire and
// release do not make them agree.

#include <atomic>
#include <string>

#include "racepair/case.hpp"
#include "start_line.hpp"

namespace independent_reads {

template <std::memory_order store, std::memory_order load>
struct Flags {
    std::atomic<int> x = 0, y = 0;
    void raise_x() { x.store(1, store); }
    void raise_y() { y.store(1, store); }
    // returned as "first then second"
    std::string x_then_y() {
        const int first = x.load(load);
        return std::to_string(first) + std::to_string(y.load(load));
    }
    std::string y_then_x() {
        const int first = y.load(load);
        return std::to_string(first) + std::to_string(x.load(load));
    }
};
struct Relaxed : Flags<std::memory_order_relaxed, std::memory_order_relaxed> {};
// orders pairs of threads, and not what others see of them
struct Handover : Flags<std::memory_order_release, std::memory_order_acquire> {};
// one order for all four threads [atomics.order]/4
struct Total : Flags<std::memory_order_seq_cst, std::memory_order_seq_cst> {};

constexpr auto write_and_watch = [](auto& flags, auto& team) {
    litmus::StartLine line(4);
    std::string seen[2];
    team.run([&](int member) {
        line.wait();
        if (member == 0) flags.raise_x();
        if (member == 1) flags.raise_y();
        if (member == 2) seen[0] = flags.x_then_y();
        if (member == 3) seen[1] = flags.y_then_x();
    });
    return seen[0] == "10" && seen[1] == "10" ? "they disagree" : "they agree";
};

}  // namespace independent_reads

using namespace independent_reads;

RACEPAIR_CASE("litmus.independent_reads")
    .lesson(
        "Only seq_cst makes all threads see the writes to different variables in one and the same "
        "order.")
    .exercise("Say in words what the two readers would tell each other if they disagreed.")
    .source("the IRIW litmus test, independent reads of independent writes")
    .roles(4)
    .scope({.threads = 4, .rounds = 1})
    .explore_scope({.threads = 4, .rounds = 1})
    .needs_company([](auto& flags) {
        flags.raise_x();
        return flags.x_then_y() == "10" && flags.y_then_x() == "01";
    })
    .expects("they agree")
    .interesting("they disagree")
    .scenario(write_and_watch)
    .racy<Relaxed>("relaxed", racepair::Defect::weak_memory)
    .wrong_fix<Handover>("acquire_release", racepair::Defect::weak_memory)
    .fixed<Total>();
