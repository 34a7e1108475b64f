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

    /// Does the address lie in an arena?
    bool holds(std::uintptr_t address) const { return address - base_ < all_size; }
    bool holds(const void* block) const { return holds(reinterpret_cast<std::uintptr_t>(block)); }
    /// … and in a block that was freed?
    bool is_freed_at(std::uintptr_t address) const {
        const std::uintptr_t unit = (address - base_) / unit_size;
        return holds(address) && (freed_[unit / 64] >> (unit % 64) & 1) != 0;
    }
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

    static constexpr std::size_t arena_size = std::size_t{1} << 28;
    static constexpr std::size_t all_size = arena_size * most_threads;
    static constexpr std::size_t unit_size = 16;  // bytes that a bit in freed_ stands for

    std::uintptr_t base_ = ~std::uintptr_t{0};
    std::uint64_t* freed_ = nullptr;
    ThreadSet in_use_ = 0;
    ThreadSet with_freed_ = 0;
    std::size_t used_[most_threads] = {};
};

extern Heap heap;

}  // namespace racepair::explorer
