#include "history.hpp"

namespace racepair::explorer {
namespace {

constexpr std::size_t table_size = std::size_t{1} << 22;
constexpr std::size_t most_words = table_size / 2;
constexpr std::size_t most_spill = std::size_t{1} << 24;
constexpr std::size_t most_released = std::size_t{1} << 20;
constexpr std::size_t most_races = 256;

std::size_t place_of(std::uintptr_t number) {
    return (number * 0x9E3779B97F4A7C15ull) >> 42;  // the upper 22 bits
}

std::uint8_t bytes_of(unsigned from, unsigned count) {
    return static_cast<std::uint8_t>(((1u << count) - 1) << from);
}

/// Which bytes of its first word an access is to. An atomic lies in one word, or begins one.
std::uint8_t first_bytes(std::uintptr_t address, std::uint32_t size) {
    const unsigned from = address & 7;
    return bytes_of(from, size < 8 - from ? size : 8 - from);
}

/// Whoever would race with `old` races with `now` as well, so `old` may be forgotten.
bool covers(const Access& now, const Access& old) {
    return (old.bytes & ~now.bytes) == 0 && (now.write || !old.write) &&
           (!now.atomic || old.atomic);
}

}  // namespace

void History::open() {
    words_ = static_cast<Word*>(reserve(table_size * sizeof(Word)));
    used_.open(most_words);
    released_.open(most_released);
    spill_.open(most_spill);
    races_.open(most_races);
}

void History::begin_exploration() {
    for (std::size_t i = 0; i < used_.size(); ++i) words_[used_[i]] = Word{};
    used_.clear();
}

void History::begin_execution(int width) {
    ++generation_;
    width_ = width;
    released_.clear();
    spill_.clear();
    races_.clear();
    grown_ = false;
}

void History::acquire(std::uintptr_t address, std::uint32_t size, HappensBefore& clock) {
    const Word& word = word_at(address);
    const std::uint8_t bytes = first_bytes(address, size);
    for (const Released* at = word.released; at != nullptr; at = at->next)
        if ((at->bytes & bytes) != 0) clock.join(at->clock, width_);
}

void History::release(std::uintptr_t address, std::uint32_t size, bool is_update,
                      const HappensBefore* clock) {
    Word& word = word_at(address);
    const std::uint8_t bytes = first_bytes(address, size);
    if (!is_update) end_release_sequences(word, bytes);
    if (clock == nullptr) return;
    Released* mine = word.released;
    while (mine != nullptr && mine->bytes != bytes && mine->bytes != 0) mine = mine->next;
    if (mine == nullptr) {
        if (released_.is_full()) fail_internally("too many atomic objects in one execution");
        mine = &released_.add();
        mine->bytes = 0;
        mine->next = word.released;
        word.released = mine;
    }
    if (mine->bytes == 0) mine->clock.clear(most_threads);
    mine->bytes = bytes;
    mine->clock.join(*clock, width_);
}

void History::end_release_sequences(Word& word, std::uint8_t bytes) {
    for (Released* at = word.released; at != nullptr; at = at->next)
        at->bytes = static_cast<std::uint8_t>(at->bytes & ~bytes);
}

Word& History::word_at(std::uintptr_t address) {
    const std::uintptr_t number = address >> 3;
    std::size_t place = place_of(number);
    while (words_[place].number != number) {
        if (words_[place].number == 0) {
            if (used_.is_full())
                fail_internally("the program touches more memory than can be watched");
            words_[place].number = number;
            used_.add() = static_cast<std::uint32_t>(place);
            break;
        }
        place = (place + 1) & (table_size - 1);
    }
    Word& word = words_[place];
    if (word.generation != generation_) {
        word.generation = generation_;
        word.freed = 0;
        word.count = word.capacity = 0;
        word.version = 0;
        word.accesses = nullptr;
        word.released = nullptr;
    }
    return word;
}

bool History::is_shared(std::uintptr_t address, std::uint32_t size) {
    const std::uintptr_t end = address + size;
    while (address < end) {
        const unsigned from = address & 7;
        const unsigned count =
            static_cast<unsigned>(end - address < 8 - from ? end - address : 8 - from);
        if ((word_at(address).shared & bytes_of(from, count)) != 0) return true;
        address += count;
    }
    return false;
}

void History::share(std::uintptr_t address, std::uint32_t size) {
    const std::uintptr_t end = address + size;
    while (address < end) {
        const unsigned from = address & 7;
        const unsigned count =
            static_cast<unsigned>(end - address < 8 - from ? end - address : 8 - from);
        Word& word = word_at(address);
        const std::uint8_t bytes = bytes_of(from, count);
        if ((bytes & ~word.shared) != 0) grown_ = true;
        word.shared |= bytes;
        address += count;
    }
}

void History::mark_freed(std::uintptr_t address, std::size_t size) {
    const std::uintptr_t end = address + size;
    for (; address < end; address += 8) word_at(address).freed = 0xff;
}

void History::access(std::uintptr_t address, std::uint32_t size, Access access,
                     const HappensBefore& now) {
    const std::uintptr_t end = address + size;
    while (address < end) {
        const unsigned from = address & 7;
        const unsigned count =
            static_cast<unsigned>(end - address < 8 - from ? end - address : 8 - from);
        access_word(address >> 3, bytes_of(from, count), access, now);
        address += count;
    }
}

void History::access_word(std::uintptr_t number, std::uint8_t bytes, Access access,
                          const HappensBefore& now) {
    Word& word = word_at(number << 3);
    access.bytes = bytes;
    int kept = 0;
    for (int i = 0; i < word.count; ++i) {
        const Access& old = word.accesses[i];
        const bool ordered = old.thread == access.thread || now.knows(old.thread, old.tick);
        if (!ordered && (old.bytes & bytes) != 0 && (old.write || access.write)) {
            const std::uint8_t together = old.bytes | bytes;
            if ((together & ~word.shared) != 0) grown_ = true;
            word.shared |= together;
            if (!(old.atomic && access.atomic) && !races_.is_full())
                races_.add() = {old, access, number << 3, word.freed != 0};
        }
        if (!ordered || !covers(access, old)) word.accesses[kept++] = old;
    }
    word.count = static_cast<std::uint16_t>(kept);
    keep(word, access);
    // A plain write is no part of any release sequence.
    if (word.released != nullptr && access.write && !access.atomic)
        end_release_sequences(word, bytes);
    if (word.freed != 0 && (word.freed & bytes) != 0 && !races_.is_full())
        races_.add() = {access, access, number << 3, true};
}

void History::keep(Word& word, const Access& access) {
    if (word.count == word.capacity) {
        const auto larger = static_cast<std::uint16_t>(word.capacity == 0 ? 4 : word.capacity * 2);
        if (spill_.size() + larger > most_spill)
            fail_internally("too many accesses in one execution");
        Access* room = &spill_[spill_.size()];
        spill_.cut_to(spill_.size() + larger);
        for (int i = 0; i < word.count; ++i) room[i] = word.accesses[i];
        word.accesses = room;
        word.capacity = larger;
    }
    word.accesses[word.count++] = access;
}

}  // namespace racepair::explorer
