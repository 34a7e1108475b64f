#include "visits.hpp"

#include "globals.hpp"

namespace racepair::explorer {

RACEPAIR_KEPT Visits visits;

void Visits::open(std::uintptr_t begin, std::size_t size) {
    if (visited_ != nullptr) return;
    begin_ = begin;
    visited_ = static_cast<std::uint64_t*>(reserve(size / 64));
    words_.open(size / 8);
}

void Visits::clear() {
    for (std::size_t i = 0; i < words_.size(); ++i) visited_[words_[i] / 64] = 0;
    words_.clear();
}

bool Visits::add(std::uintptr_t address, std::uint32_t size) {
    bool grown = false;
    const std::size_t end = (address - begin_ + size + 7) / 8;
    for (std::size_t word = (address - begin_) / 8; word < end; ++word) {
        const std::uint64_t bit = std::uint64_t{1} << (word % 64);
        if ((visited_[word / 64] & bit) != 0) continue;
        visited_[word / 64] |= bit;
        words_.add() = static_cast<std::uint32_t>(word);
        grown = true;
    }
    return grown;
}

}  // namespace racepair::explorer
