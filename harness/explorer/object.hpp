#pragma once

#include <cstdint>

#include "clock.hpp"
#include "operation.hpp"

namespace racepair::explorer {

/// What a lock, a queue of waiting threads or a semaphore knows, and the rules by which steps
/// change it. The same rules drive the execution and tell reduction whether a step could be taken
/// elsewhere.
struct ObjectState {
    int owner = -1;         // of a lock
    ThreadSet sharers = 0;  // who holds it shared
    long count = 0;         // of a semaphore
    ThreadSet waiting = 0;  // in the queue
    // One notification each: who waited when it was given. Nested, since nobody joins an old one.
    static constexpr int most_tokens = 64;
    int tokens = 0;
    ThreadSet token[most_tokens] = {};

    /// Can `thread` take this step now?
    bool allows(int thread, const Operation& step) const;

    /// Takes it, as far as the object at `address` is concerned. `equal`: for enqueue_if, whether
    /// the word held the value.
    void apply(int thread, const Operation& step, std::uintptr_t address, bool equal = true);

    bool is_notified(int thread) const;
    /// Does a step that only tries come to nothing?
    bool refuses(const Operation& step) const;

   private:
    void leave_queue(int thread);
    void use_token(int thread);
};

/// A futex's queue is an object of its own, beside the word that threads read and write.
constexpr std::uintptr_t futex_queue = std::uintptr_t{1} << 63;

/// A lock, queue, semaphore or flag of the program under exploration, in one execution.
struct Object {
    ObjectState state;
    long initial_count = 0;         // of a semaphore; how many a barrier waits for
    std::uint32_t version = 0;      // one more whenever somebody lets go
    int depth = 0;                  // how often a recursive mutex is locked
    HappensBefore released;         // what its next user learns
    HappensBefore released_shared;  // … and only if it wants it for itself alone
    HappensBefore used;             // each thread's last use
    bool is_done = false;           // a once flag whose function has run
    ThreadSet arrived = 0;          // at a barrier
    static constexpr int most_arrivals = 8;
    int arrivals = 0;                   // at an Order
    Dependence arrival[most_arrivals];  // what came before so many of them
};

}  // namespace racepair::explorer
