#pragma once

#include <cstdint>

#include "clock.hpp"
#include "reserved.hpp"

namespace racepair::explorer {

/// One access to memory, remembered for those that come after it.
struct Access {
    std::uintptr_t pc = 0;
    std::uint32_t tick = 0;  // the thread's own time, as in its happens-before clock
    std::uint8_t thread = 0;
    std::uint8_t bytes = 0;  // which of the word's eight bytes
    bool write = false;
    bool atomic = false;
};

/// Two accesses that nothing orders, one of them a write, not both atomic.
struct Race {
    Access before, after;
    std::uintptr_t word = 0;
    bool freed = false;  // the later one is a free(), or comes after one
};

/// What whoever reads an atomic with acquire learns. Several atomics may lie in one word.
struct Released {
    HappensBefore clock;
    std::uint8_t bytes = 0;  // which of the word's eight bytes
    Released* next = nullptr;
};

/// What is known of eight bytes of memory in this execution, and whether stepping on them is a
/// place to switch.
struct Word {
    std::uintptr_t number = 0;  // address / 8; 0: not in use
    unsigned generation = 0;    // the execution that the rest belongs to
    std::uint8_t shared = 0;    // bytes that threads compete for: outlives executions
    std::uint8_t freed = 0;     // bytes of a heap block that was freed
    std::uint16_t count = 0;
    std::uint16_t capacity = 0;
    std::uint32_t version = 0;  // one more for each write that changed it
    Access* accesses = nullptr;
    Released* released = nullptr;  // of the atomics that lie in this word
};

/// The memory of one exploration, as far as its threads have touched it: who accessed what, and
/// what is competed for.
///
/// Data races are found as FastTrack does (Flanagan & Freund 2009), but for each byte and with each
/// access that a later one could still race with, so that nothing is missed or evicted. Which bytes
/// are places to switch is found out, not declared: a byte that two threads access without an order
/// between them, one of them writing, becomes `shared`, and the exploration starts again with that
/// knowledge until it grows no more. All other accesses are run without asking, because their order
/// cannot matter.
class History {
   public:
    void open();

    /// Forgets all. Cost: as much as was touched.
    void begin_exploration();
    /// Forgets the accesses, keeps what is shared. Constant cost.
    void begin_execution(int width);
    void widen(int width) { width_ = width; }

    Word& word_at(std::uintptr_t address);
    bool is_shared(std::uintptr_t address, std::uint32_t size);

    /// Remembers an access of the thread whose clock this is. Races go to races().
    void access(std::uintptr_t address, std::uint32_t size, Access access,
                const HappensBefore& now);
    /// Makes bytes places to switch, whoever accesses them.
    void share(std::uintptr_t address, std::uint32_t size);
    /// The bytes belong to a block that was freed: whoever accesses them is reported.
    void mark_freed(std::uintptr_t address, std::size_t size);

    /// Adds to `clock` what the release sequences that these bytes are read from publish.
    void acquire(std::uintptr_t address, std::uint32_t size, HappensBefore& clock);
    /// An atomic store or update of these bytes, which publishes `clock` (nothing, if it is
    /// nullptr). A store ends the release sequences before it; an update carries them on.
    void release(std::uintptr_t address, std::uint32_t size, bool is_update,
                 const HappensBefore* clock);

    bool has_grown() const { return grown_; }
    const Reserved<Race>& races() const { return races_; }

   private:
    void access_word(std::uintptr_t number, std::uint8_t bytes, Access access,
                     const HappensBefore& now);
    void keep(Word& word, const Access& access);
    void end_release_sequences(Word& word, std::uint8_t bytes);

    Word* words_ = nullptr;
    Reserved<std::uint32_t> used_;  // which of them
    Reserved<Released> released_;
    Reserved<Access> spill_;
    Reserved<Race> races_;
    unsigned generation_ = 1;
    int width_ = 0;
    bool grown_ = false;
};

}  // namespace racepair::explorer
