#pragma once

#include <cstddef>
#include <cstdint>

#include "clock.hpp"

namespace racepair::explorer {

/// The heap of the program under exploration. Each thread allocates from an arena of its own, so
/// that a block has the same address in every schedule in which its thread did the same; nothing is
/// given out twice in one execution, so that whoever uses a freed block is found out; and all is
/// empty again when the next execution begins.
class Heap {
   public:
    void open();

    /// Empties all arenas. Cost: as much as was allocated.
    void begin_execution();

    /// `size` zeroed bytes, or nullptr when the thread's arena is full.
    void* allocate(int thread, std::size_t size, std::size_t alignment);

    /// Is it a block of ours?
    bool holds(const void* block) const;
    std::size_t size_of(const void* block) const;
    bool is_freed(const void* block) const;
    void mark_freed(void* block);

    /// "block of 24 bytes": finds the block that an address lies in; false if none does.
    bool find(std::uintptr_t address, std::uintptr_t& begin, std::size_t& size) const;

   private:
    struct Header {
        std::uint64_t size;
        std::uint32_t is_freed;
        std::uint32_t mark;
    };
    static const Header& header_of(const void* block);

    char* base_ = nullptr;
    std::size_t used_[most_threads] = {};
};

extern Heap heap;

}  // namespace racepair::explorer
