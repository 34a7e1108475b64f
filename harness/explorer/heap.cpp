#include "heap.hpp"

#include <sys/mman.h>

#include "globals.hpp"
#include "kernel.hpp"
#include "reserved.hpp"

namespace racepair::explorer {
namespace {

constexpr std::uintptr_t heap_wish = 0x7B0000000000;
constexpr std::size_t worth_returning = std::size_t{1} << 20;
constexpr std::uint32_t block_mark = 0xB10C5AFE;

}  // namespace

RACEPAIR_KEPT Heap heap;

void Heap::open() {
    if (freed_ != nullptr) return;
    base_ = reinterpret_cast<std::uintptr_t>(reserve(all_size, heap_wish));
    freed_ = static_cast<std::uint64_t*>(reserve(all_size / unit_size / 8));
}

void Heap::begin_execution() {
    for (; in_use_ != 0; in_use_ &= in_use_ - 1) {
        const int thread = first_of(in_use_);
        void* arena =
            reinterpret_cast<void*>(base_ + static_cast<std::size_t>(thread) * arena_size);
        std::uint64_t* freed =
            &freed_[static_cast<std::size_t>(thread) * arena_size / unit_size / 64];
        if ((with_freed_ & only(thread)) != 0)
            for (std::size_t i = 0; i <= used_[thread] / unit_size / 64; ++i) freed[i] = 0;
        if (used_[thread] > worth_returning)
            madvise(arena, used_[thread], MADV_DONTNEED);
        else
            fill_bytes(arena, 0, used_[thread]);
        used_[thread] = 0;
    }
    with_freed_ = 0;
}

void* Heap::allocate(int thread, std::size_t size, std::size_t alignment) {
    if (alignment < 16) alignment = 16;
    const std::size_t begin = (used_[thread] + sizeof(Header) + alignment - 1) & ~(alignment - 1);
    if (size > arena_size || begin + size + 16 > arena_size) return nullptr;
    char* block =
        reinterpret_cast<char*>(base_ + static_cast<std::size_t>(thread) * arena_size + begin);
    in_use_ |= only(thread);
    // Sixteen bytes after the block belong to nobody.
    used_[thread] = (begin + size + 16 + 15) & ~std::size_t{15};
    *reinterpret_cast<Header*>(block - sizeof(Header)) = {size, 0, block_mark};
    return block;
}

const Heap::Header& Heap::header_of(const void* block) {
    return *reinterpret_cast<const Header*>(static_cast<const char*>(block) - sizeof(Header));
}

std::size_t Heap::size_of(const void* block) const { return header_of(block).size; }
bool Heap::is_freed(const void* block) const { return header_of(block).is_freed != 0; }
void Heap::mark_freed(void* block) {
    Header& header = const_cast<Header&>(header_of(block));
    header.is_freed = 1;
    const std::uintptr_t offset = reinterpret_cast<std::uintptr_t>(block) - base_;
    with_freed_ |= only(static_cast<int>(offset / arena_size));
    for (std::size_t unit = offset / unit_size; unit * unit_size < offset + header.size; ++unit)
        freed_[unit / 64] |= std::uint64_t{1} << (unit % 64);
}

bool Heap::find(std::uintptr_t address, std::uintptr_t& begin, std::size_t& size) const {
    if (!holds(address)) return false;
    const auto arena = base_ + (address - base_) / arena_size * arena_size;
    for (std::uintptr_t at = address & ~std::uintptr_t{15}; at >= arena + sizeof(Header);
         at -= 16) {
        const auto& header = header_of(reinterpret_cast<const void*>(at));
        if (header.mark != block_mark || address >= at + header.size) {
            if (header.mark == block_mark) return false;
            continue;
        }
        begin = at;
        size = header.size;
        return true;
    }
    return false;
}

}  // namespace racepair::explorer
