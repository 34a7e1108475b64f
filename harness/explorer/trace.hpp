#pragma once

#include <cstdint>

#include "clock.hpp"
#include "operation.hpp"
#include "reserved.hpp"

namespace racepair::explorer {

/// One visible step that was taken.
struct Event {
    Operation step;
    std::uint8_t thread = 0;
    std::uint16_t index = 0;      // the thread's own count, from 1
    std::uint32_t operation = 0;  // the thread's count of all it does, visible or not
    int previous = -1;            // the thread's event before this one
    long initial_count = 0;       // of a semaphore, at its first use
    bool equal = true;            // enqueue_if: the word held the value
    bool changed = true;          // an atomic: it holds another value than before
    Dependence before;            // what had to happen before the thread stood here
    Dependence after;             // … and before whatever depends on this
};

/// The visible steps of an execution, in their order.
using Trace = Reserved<Event>;

constexpr std::size_t longest_trace = 20'000;

}  // namespace racepair::explorer
