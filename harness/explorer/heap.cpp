#include "heap.hpp"

#include <sys/mman.h>

#include "globals.hpp"
#include "kernel.hpp"
#include "reserved.hpp"

namespace racepair::explorer {
namespace {

constexpr std::size_t arena_size = std::size_t{1} << 28;
constexpr std::uintptr_t heap_wish = 0x7B0000000000;
constexpr std::size_t worth_returning = std::size_t{1} << 20;
constexpr std::uint32_t block_mark = 0xB10C5AFE;

}  // namespace

RACEPAIR_KEPT Heap heap;

void Heap::open() {
    if (base_ == nullptr) base_ = static_cast<char*>(reserve(arena_size * most_threads, heap_wish));
}

void Heap::begin_execution() {
    for (int thread = 0; thread < most_threads; ++thread) {
        if (used_[thread] == 0) continue;
        char* arena = base_ + thread * arena_size;
        if (used_[thread] > worth_returning)
            madvise(arena, used_[thread], MADV_DONTNEED);
        else
            fill_bytes(arena, 0, used_[thread]);
        used_[thread] = 0;
    }
}

void* Heap::allocate(int thread, std::size_t size, std::size_t alignment) {
    if (alignment < 16) alignment = 16;
    const std::size_t begin = (used_[thread] + sizeof(Header) + alignment - 1) & ~(alignment - 1);
    if (size > arena_size || begin + size + 16 > arena_size) return nullptr;
    char* block = base_ + thread * arena_size + begin;
    // Sixteen bytes after the block belong to nobody.
    used_[thread] = (begin + size + 16 + 15) & ~std::size_t{15};
    *reinterpret_cast<Header*>(block - sizeof(Header)) = {size, 0, block_mark};
    return block;
}

bool Heap::holds(const void* block) const {
    const auto* byte = static_cast<const char*>(block);
    return base_ != nullptr && byte >= base_ && byte < base_ + arena_size * most_threads;
}

const Heap::Header& Heap::header_of(const void* block) {
    return *reinterpret_cast<const Header*>(static_cast<const char*>(block) - sizeof(Header));
}

std::size_t Heap::size_of(const void* block) const { return header_of(block).size; }
bool Heap::is_freed(const void* block) const { return header_of(block).is_freed != 0; }
void Heap::mark_freed(void* block) { const_cast<Header&>(header_of(block)).is_freed = 1; }

bool Heap::find(std::uintptr_t address, std::uintptr_t& begin, std::size_t& size) const {
    if (!holds(reinterpret_cast<const void*>(address))) return false;
    const auto offset = address - reinterpret_cast<std::uintptr_t>(base_);
    const auto arena = reinterpret_cast<std::uintptr_t>(base_) + offset / arena_size * arena_size;
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
