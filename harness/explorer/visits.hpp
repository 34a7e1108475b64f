#pragma once

#include <cstddef>
#include <cstdint>

#include "reserved.hpp"

namespace racepair::explorer {

/// The parts of the threads' stacks that anybody but the stack's owner accesses, in whatever
/// schedule. All the rest is its owner's alone: it needs no remembering, and most accesses are to
/// that. Whenever a part is added, the exploration starts again with that knowledge; parts are
/// large enough for this to be seldom.
class Visits {
   public:
    /// The stacks are these bytes.
    void open(std::uintptr_t begin, std::size_t size);
    void clear();

    /// Were any of these bytes, which lie in a stack, visited?
    bool any(std::uintptr_t address, std::uint32_t size) const {
        const std::size_t last = (address - begin_ + size - 1) / part_size;
        for (std::size_t part = (address - begin_) / part_size; part <= last; ++part)
            if (visited_[part]) return true;
        return false;
    }
    /// Adds the parts that these bytes of a stack lie in. Is one of them new?
    bool add(std::uintptr_t address, std::uint32_t size);

   private:
    static constexpr std::size_t part_size = 512;
    std::uintptr_t begin_ = 0;
    bool* visited_ = nullptr;
    Reserved<std::uint32_t> parts_;  // which are
};

extern Visits visits;

}  // namespace racepair::explorer
