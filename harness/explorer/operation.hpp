#pragma once

#include <cstdint>

#include "awaited.hpp"

namespace racepair::explorer {

/// What a thread does in one step that others can notice.
enum class Kind : std::uint8_t {
    none,  // goes on after a loop in which it waited
    // memory: `address` and `size` are the bytes
    read,
    write,
    update,  // read and write in one indivisible step
    // mutexes and shared mutexes: `address` is the lock
    lock,
    try_lock,  // timed ones too: they may time out whenever the lock is busy
    unlock,
    lock_shared,
    try_lock_shared,
    unlock_shared,
    // condition variables and futexes: `address` is the queue
    enqueue,        // starts to wait and gives up the mutex `second`
    enqueue_if,     // starts to wait if the word at `second` holds a value (futex)
    dequeue,        // goes on after a notification
    timed_dequeue,  // goes on after a notification or without one: its time may be up
    notify,         // wakes `size` of those who wait, or all
    // semaphores
    take,
    try_take,
    give,
    // barriers
    arrive,
};

constexpr std::uint32_t everyone = 0xffffffff;

/// One visible step, as it is known before it is taken.
struct Operation {
    Kind kind = Kind::none;
    bool atomic = false;
    bool is_seen = true;      // others can notice it; no: the thread was told to stand there
    std::uint8_t awaits = 0;  // what a loop looked at before, and had to see changed to get here
    std::uint32_t size = 0;
    std::uintptr_t address = 0;
    std::uintptr_t second = 0;
    std::uintptr_t pc = 0;

    bool is_memory() const { return kind >= Kind::read && kind <= Kind::update; }
    bool writes() const { return kind == Kind::write || kind == Kind::update; }
    /// Must the thread wait until somebody else lets it go on?
    bool can_block() const {
        return kind == Kind::lock || kind == Kind::lock_shared || kind == Kind::dequeue ||
               kind == Kind::take;
    }
    bool is_on_queue() const { return kind >= Kind::enqueue && kind <= Kind::notify; }
    bool is_shared() const {
        return kind == Kind::lock_shared || kind == Kind::try_lock_shared ||
               kind == Kind::unlock_shared;
    }
    bool same_step(const Operation& other) const {
        return kind == other.kind && size == other.size && address == other.address &&
               pc == other.pc && awaits == other.awaits;
    }
};

/// Could the step `b` change what `a` waited for?
inline bool may_let_go(const Operation& b, const Operation& a) {
    if (a.awaits == 0) return false;
    const AwaitedSets::Set& set = awaited_sets[a.awaits];
    for (int i = 0; i < set.count; ++i)
        if (set.place[i].may_be_changed_by(b)) return true;
    return false;
}

/// Does the order of these two steps of different threads matter? The dependency relation that
/// reduction rests on: it may say yes too often, never no too often.
inline bool conflict(const Operation& a, const Operation& b) {
    const auto overlap = [](std::uintptr_t x, std::uint32_t x_size, std::uintptr_t y,
                            std::uint32_t y_size) { return x < y + y_size && y < x + x_size; };
    if ((a.awaits | b.awaits) != 0 && (may_let_go(a, b) || may_let_go(b, a))) return true;
    if (a.kind == Kind::none || b.kind == Kind::none) return false;
    if (a.is_memory() && b.is_memory())
        return (a.writes() || b.writes()) && overlap(a.address, a.size, b.address, b.size);
    if (a.is_memory())
        return b.kind == Kind::enqueue_if && a.writes() && overlap(a.address, a.size, b.second, 4);
    if (b.is_memory()) return conflict(b, a);
    if (a.address == b.address) return !(a.is_shared() && b.is_shared());
    // Waiting on a condition variable is a step on its mutex too.
    const auto mutex_of = [](const Operation& o) { return o.kind == Kind::enqueue ? o.second : 0; };
    return (mutex_of(a) != 0 && mutex_of(a) == b.address) ||
           (mutex_of(b) != 0 && mutex_of(b) == a.address) ||
           (mutex_of(a) != 0 && mutex_of(a) == mutex_of(b));
}

}  // namespace racepair::explorer
