#pragma once

#include <cstddef>
#include <cstdint>

#include "reserved.hpp"

namespace racepair::explorer {

/// The words of the threads' stacks that anybody but the stack's owner accesses, in whatever
/// schedule. All others are their owner's alone: they need no remembering, and most accesses are to
/// them. Whenever a word is added, the exploration starts again with that knowledge.
class Visits {
   public:
    /// The stacks are these bytes.
    void open(std::uintptr_t begin, std::size_t size);
    void clear();

    /// Are there any among these bytes, which lie in a stack?
    bool any(std::uintptr_t address, std::uint32_t size) const {
        const std::size_t end = (address - begin_ + size + 7) / 8;
        for (std::size_t word = (address - begin_) / 8; word < end; ++word)
            if ((visited_[word / 64] >> (word % 64) & 1) != 0) return true;
        return false;
    }
    /// Adds the words that these bytes of a stack lie in. Is one of them new?
    bool add(std::uintptr_t address, std::uint32_t size);

   private:
    std::uintptr_t begin_ = 0;
    std::uint64_t* visited_ = nullptr;  // a bit for each word
    Reserved<std::uint32_t> words_;     // which bits are set
};

extern Visits visits;

}  // namespace racepair::explorer
