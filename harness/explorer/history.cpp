#include "history.hpp"

namespace racepair::explorer {
namespace {

constexpr std::size_t table_size = std::size_t{1} << 22;
constexpr std::size_t most_words = table_size / 2;
constexpr std::size_t most_spill = std::size_t{1} << 24;
constexpr std::size_t most_released = std::size_t{1} << 20;
constexpr std::size_t most_races = 256;

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
    last_number_ = no_number;
}

void History::begin_execution(int width) {
    ++generation_;
    last_number_ = no_number;
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

Word& History::find(std::uintptr_t number) {
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
        word.version = 0;
        word.writes = word.reads = AccessList{};
        word.readers = 0;
        word.released = nullptr;
    }
    return word;
}

const Word* History::look(std::uintptr_t number) const {
    for (std::size_t place = place_of(number); words_[place].number != 0;
         place = (place + 1) & (table_size - 1))
        if (words_[place].number == number) return &words_[place];
    return nullptr;
}

bool History::is_shared_somewhere(std::uintptr_t address, std::uint32_t size) {
    const std::uintptr_t end = address + size;
    while (address < end) {
        const unsigned from = address & 7;
        const unsigned count =
            static_cast<unsigned>(end - address < 8 - from ? end - address : 8 - from);
        const Word* word = look(address >> 3);
        if (word != nullptr && (word->shared & bytes_of(from, count)) != 0) return true;
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

void History::give_back(std::uintptr_t address, std::size_t size, const Access& access,
                        const HappensBefore& now) {
    Access whole = access;
    whole.bytes = 0xff;
    const std::uintptr_t end = (address + size + 7) / 8;
    for (std::uintptr_t number = address / 8; number < end; ++number) {
        const Word* there = look(number);
        if (there == nullptr || there->generation != generation_) continue;
        Word& word = words_[there - words_];
        ++word.version;
        if (word.writes.count > 0) look_for_races(word, word.writes, whole, now);
        if (word.reads.count > 0) look_for_races(word, word.reads, whole, now);
        if (word.reads.count == 0) word.readers = 0;
    }
}

void History::note_freed(std::uintptr_t address, const Access& access) {
    if (!races_.is_full()) races_.add() = {access, access, address & ~std::uintptr_t{7}, true};
}

void History::access_all(std::uintptr_t address, std::uint32_t size, const Access& access,
                         const HappensBefore& now) {
    const std::uintptr_t end = address + size;
    while (address < end) {
        const unsigned from = address & 7;
        const unsigned count =
            static_cast<unsigned>(end - address < 8 - from ? end - address : 8 - from);
        access_word(word_at(address), bytes_of(from, count), access.pc, access.tick, access.thread,
                    access.write, access.atomic, now);
        address += count;
    }
}

void History::access_word(Word& word, std::uint8_t bytes, std::uintptr_t pc, std::uint32_t tick,
                          std::uint8_t thread, bool write, bool atomic, const HappensBefore& now) {
    if (write) ++word.version;
    // The thread's own last access says as much already.
    if (!atomic) {
        const auto says_it = [&](const AccessList& list) {
            if (list.count == 0) return false;
            const Access& last = list.at[list.count - 1];
            return last.thread == thread && last.tick == tick && (bytes & ~last.bytes) == 0 &&
                   !last.atomic;
        };
        if (write ? word.writes.count == 1 && word.reads.count == 0 && says_it(word.writes)
                  : says_it(word.reads) || (word.writes.count == 1 && says_it(word.writes)))
            return;
    }
    const bool again = (word.readers & only(thread)) != 0;
    if (!write && !atomic && again) {
        const Recent& recent = recent_[thread][word.number % most_recent];
        if (recent.word == &word && recent.generation == generation_ &&
            recent.version == word.version && recent.tick == tick && (bytes & ~recent.bytes) == 0)
            return;
    }
    const Access access = {pc, tick, thread, bytes, write, atomic};
    if (word.writes.count > 0) look_for_races(word, word.writes, access, now);
    // Reads do not race with reads; one by the same thread is looked for only if there is one.
    if (word.reads.count > 0 && (write || again)) look_for_races(word, word.reads, access, now);
    if (write) {
        if (word.reads.count == 0) word.readers = 0;
        add(word.writes, pc, tick, thread, bytes, write, atomic);
    } else {
        word.readers |= only(thread);
        if (!atomic)
            recent_[thread][word.number % most_recent] = {&word, generation_, word.version, tick,
                                                          bytes};
        add(word.reads, pc, tick, thread, bytes, write, atomic);
    }
    // A plain write is no part of any release sequence.
    if (word.released != nullptr && write && !atomic) end_release_sequences(word, bytes);
}

void History::look_for_races(Word& word, AccessList& list, const Access& access,
                             const HappensBefore& now) {
    int kept = 0;
    for (int i = 0; i < list.count; ++i) {
        const Access& old = list.at[i];
        const bool ordered = old.thread == access.thread || now.knows(old.thread, old.tick);
        bool raced = false;
        if (!ordered && (old.bytes & access.bytes) != 0 && (old.write || access.write)) {
            const std::uint8_t together = old.bytes | access.bytes;
            if ((together & ~word.shared) != 0) grown_ = true;
            word.shared |= together;
            raced = !(old.atomic && access.atomic);
            if (raced && !races_.is_full()) races_.add() = {old, access, word.number << 3, false};
        }
        // Whoever will race with the old one will race with this one as well: it may be forgotten.
        const bool covered = (old.bytes & ~access.bytes) == 0 && (access.write || !old.write) &&
                             (!access.atomic || old.atomic);
        if (covered && (ordered || raced)) continue;
        if (kept != i) list.at[kept] = old;
        ++kept;
    }
    list.count = static_cast<std::uint16_t>(kept);
}

void History::add(AccessList& list, std::uintptr_t pc, std::uint32_t tick, std::uint8_t thread,
                  std::uint8_t bytes, bool write, bool atomic) {
    if (list.count == list.capacity) {
        const auto larger = static_cast<std::uint16_t>(list.capacity == 0 ? 2 : list.capacity * 2);
        if (spill_.size() + larger > most_spill)
            fail_internally("too many accesses in one execution");
        Access* room = &spill_[spill_.size()];
        spill_.cut_to(spill_.size() + larger);
        for (int i = 0; i < list.count; ++i) room[i] = list.at[i];
        list.at = room;
        list.capacity = larger;
    }
    Access& added = list.at[list.count++];
    added.pc = pc;
    added.tick = tick;
    added.thread = thread;
    added.bytes = bytes;
    added.write = write;
    added.atomic = atomic;
}

}  // namespace racepair::explorer
