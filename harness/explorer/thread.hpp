#pragma once

#include <cstddef>
#include <cstdint>

#include "clock.hpp"
#include "operation.hpp"

namespace racepair::explorer {

enum class State : std::uint8_t {
    unused,
    ready,         // has steps of its own to do before its next visible one
    at_operation,  // stands before a visible step
    blocked,       // until another thread makes it ready (join, barrier, once)
    stuttering,    // has gone round a loop and found nothing changed
    finished,
};

/// Why a thread cannot go on, for people.
enum class Waiting : std::uint8_t { for_nothing, for_thread, for_barrier, for_order };

/// A function to be called when the thread ends.
struct Farewell {
    void (*function)(void*) = nullptr;
    void* argument = nullptr;
};

/// The places that a thread looked at since it last yielded or changed something: a loop that goes
/// round without a change need not go round again until one of them changes.
struct Watch {
    static constexpr int most = 32;
    struct Read {
        std::uintptr_t address;
        std::uintptr_t key;   // stands for where in the program
        std::uint64_t value;  // of an object, how often somebody let go of it
        std::uint32_t size;   // 0: an object
    };
    Read read[most];  // a ring
    unsigned next = 0;
    int count = 0;                  // of reads kept
    bool pure = true;               // nothing visible was changed meanwhile
    bool lost = false;              // more reads than are kept
    std::uintptr_t yielded_at = 0;  // the call that began the round

    void begin(std::uintptr_t key) {
        count = 0;
        pure = true;
        lost = false;
        yielded_at = key;
    }
    void forget() { count = 0; }
    void add(const Read& one) {
        read[next++ % most] = one;
        if (count == most)
            lost = true;
        else
            ++count;
    }
    /// The last one is 0.
    const Read& last(int back) const {
        return read[(next - 1 - static_cast<unsigned>(back)) % most];
    }
};

/// A thread of the program under exploration. Its number stays the same over executions: it is the
/// n-th child of the same parent.
struct Thread {
    int number = 0;
    int parent = -1;
    int children = 0;
    State state = State::unused;
    Waiting waiting = Waiting::for_nothing;
    int waits_for = -1;             // a thread's number, for join
    std::uintptr_t waits_on = 0;    // an object's address otherwise
    std::uintptr_t blocked_at = 0;  // where in the program
    std::uintptr_t created_at = 0;  // … and where it was created
    Operation pending;
    std::uint32_t operations = 0;  // all it did so far, visible or not
    std::uint32_t stood_at = 0;    // … when it last took a visible step

    HappensBefore now;           // all that happened before its next step
    bool has_learned = false;    // of others, since it was created
    HappensBefore read_relaxed;  // what an acquire fence would add
    HappensBefore fenced;        // what a relaxed store publishes, since the last release fence
    bool has_read_relaxed = false;
    bool has_fenced = false;
    Dependence dependence;  // of its last event, and of whatever let it go on since
    std::uint16_t events = 0;
    int last_event = -1;

    Watch watch;
    int watched = 0;          // of these reads, how many one must change to end a stutter
    std::uint8_t awaits = 0;  // … as a set, until the next step
    long long time_ns = 0;    // its own clock

    void* (*start)(void*) = nullptr;
    void* argument = nullptr;
    void* result = nullptr;
    ThreadSet joiners = 0;  // who waits for its end

    static constexpr int deepest = 1 << 12;
    std::uintptr_t calls[deepest];  // return addresses, outermost first
    int depth = 0;
    static constexpr int most_farewells = 256;
    Farewell farewells[most_farewells];
    int farewell_count = 0;
};

}  // namespace racepair::explorer
