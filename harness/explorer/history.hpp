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

/// Accesses of one word that later ones may race with.
struct AccessList {
    Access* at = nullptr;
    std::uint16_t count = 0;
    std::uint16_t capacity = 0;
};

/// What is known of eight bytes of memory in this execution, and whether stepping on them is a
/// place to switch.
struct Word {
    std::uintptr_t number = 0;  // address / 8; 0: not in use
    unsigned generation = 0;    // the execution that the rest belongs to
    std::uint8_t shared = 0;    // bytes that threads compete for: outlives executions
    bool is_overwritten =
        false;                  // in one thread's stack, another one wrote to it: outlives them too
    std::uint32_t version = 0;  // one more for each write
    AccessList writes;
    AccessList reads;
    ThreadSet readers = 0;         // whose reads are kept
    Released* released = nullptr;  // of the atomics that lie in this word
};

/// The memory of one exploration, as far as its threads have touched it: who accessed what, and
/// what is competed for.
///
/// Data races are found as FastTrack does (Flanagan & Freund 2009), but for each byte and with each
/// access that a later one could still race with, so that nothing is evicted; an access that raced
/// is forgotten in favour of the one that it raced with. Which bytes are places to switch is found
/// out, not declared: a byte that two threads access without an order between them, one of them
/// writing, becomes `shared`, and the exploration starts again with that knowledge until it grows
/// no more. All other accesses are run without asking, because their order cannot matter.
class History {
   public:
    void open();

    /// Forgets all. Cost: as much as was touched.
    void begin_exploration();
    /// Forgets the accesses, keeps what is shared. Constant cost.
    void begin_execution(int width);
    void widen(int width) { width_ = width; }

    Word& word_at(std::uintptr_t address) {
        const std::uintptr_t number = address >> 3;
        if (number == last_number_) return *last_;
        Word& first = words_[place_of(number)];
        const bool is_known = first.number == number && first.generation == generation_;
        last_ = is_known ? &first : &find(number);
        last_number_ = number;
        return *last_;
    }
    bool is_shared(std::uintptr_t address, std::uint32_t size) {
        const unsigned from = address & 7;
        if (from + size > 8) return is_shared_somewhere(address, size);
        return (word_at(address).shared & bytes_of(from, size)) != 0;
    }

    /// Remembers an access of the thread whose clock this is. Races go to races().
    void access(std::uintptr_t address, std::uint32_t size, const Access& access,
                const HappensBefore& now) {
        const unsigned from = address & 7;
        if (from + size <= 8)
            access_word(word_at(address), bytes_of(from, size), access.pc, access.tick,
                        access.thread, access.write, access.atomic, now);
        else
            access_all(address, size, access, now);
    }
    /// Makes bytes places to switch, whoever accesses them.
    void share(std::uintptr_t address, std::uint32_t size);
    /// A block is given back, which is a write to all of it: only what was accessed before can race
    /// with that, and whoever comes later is found by the heap.
    void give_back(std::uintptr_t address, std::size_t size, const Access& access,
                   const HappensBefore& now);
    /// Notes an access to a block that was freed before.
    void note_freed(std::uintptr_t address, const Access& access);

    /// Adds to `clock` what the release sequences that these bytes are read from publish.
    void acquire(std::uintptr_t address, std::uint32_t size, HappensBefore& clock);
    /// An atomic store or update of these bytes, which publishes `clock` (nothing, if it is
    /// nullptr). A store ends the release sequences before it; an update carries them on.
    void release(std::uintptr_t address, std::uint32_t size, bool is_update,
                 const HappensBefore* clock);

    bool has_grown() const { return grown_; }
    const Reserved<Race>& races() const { return races_; }

   private:
    static std::uint8_t bytes_of(unsigned from, unsigned count) {
        return static_cast<std::uint8_t>(((1u << count) - 1) << from);
    }
    /// Neighbours stay neighbours, a page of them at a time: most accesses are near the last ones.
    static std::size_t place_of(std::uintptr_t number) {
        constexpr std::uintptr_t together = 64;
        const std::uintptr_t page = ((number / together) * 0x9E3779B97F4A7C15ull) >> (64 - 16);
        return page * together + number % together;
    }
    /// Which bytes of its first word an access is to. An atomic lies in one word, or begins one.
    static std::uint8_t first_bytes(std::uintptr_t address, std::uint32_t size) {
        const unsigned from = address & 7;
        return bytes_of(from, size < 8 - from ? size : 8 - from);
    }
    Word& find(std::uintptr_t number);
    /// The word, if it was ever accessed; what it says may be of another execution.
    const Word* look(std::uintptr_t number) const;
    bool is_shared_somewhere(std::uintptr_t address, std::uint32_t size);
    void access_all(std::uintptr_t address, std::uint32_t size, const Access& access,
                    const HappensBefore& now);
    // Part by part: an Access that is written in parts and then read as a whole stalls the
    // processor.
    void access_word(Word& word, std::uint8_t bytes, std::uintptr_t pc, std::uint32_t tick,
                     std::uint8_t thread, bool write, bool atomic, const HappensBefore& now);
    void look_for_races(Word& word, AccessList& list, const Access& now_made,
                        const HappensBefore& now);
    void add(AccessList& list, std::uintptr_t pc, std::uint32_t tick, std::uint8_t thread,
             std::uint8_t bytes, bool write, bool atomic);

    static void end_release_sequences(Word& word, std::uint8_t bytes);

    /// What a thread has read lately, so that reading it again costs little.
    struct Recent {
        const Word* word;
        unsigned generation;
        std::uint32_t version;
        std::uint32_t tick;
        std::uint8_t bytes;
    };
    static constexpr int most_recent = 16;
    Recent recent_[most_threads][most_recent];  // all zero, as the one History is static

    Word* words_ = nullptr;
    static constexpr std::uintptr_t no_number = ~std::uintptr_t{0};
    Word* last_ = nullptr;  // the one that was asked for last
    std::uintptr_t last_number_ = no_number;
    Reserved<std::uint32_t> used_;  // which of them
    Reserved<Released> released_;
    Reserved<Access> spill_;
    Reserved<Race> races_;
    unsigned generation_ = 1;
    int width_ = 0;
    bool grown_ = false;
};

}  // namespace racepair::explorer
