#include "visits.hpp"

#include "globals.hpp"

namespace racepair::explorer {

RACEPAIR_KEPT Visits visits;

void Visits::open(std::uintptr_t begin, std::size_t size) {
    if (visited_ != nullptr) return;
    begin_ = begin;
    visited_ = static_cast<bool*>(reserve(size / part_size));
    parts_.open(size / part_size);
}

void Visits::clear() {
    for (std::size_t i = 0; i < parts_.size(); ++i) visited_[parts_[i]] = false;
    parts_.clear();
}

bool Visits::add(std::uintptr_t address, std::uint32_t size) {
    bool grown = false;
    const std::size_t last = (address - begin_ + size - 1) / part_size;
    for (std::size_t part = (address - begin_) / part_size; part <= last; ++part) {
        if (visited_[part]) continue;
        visited_[part] = grown = true;
        parts_.add() = static_cast<std::uint32_t>(part);
    }
    return grown;
}

}  // namespace racepair::explorer
