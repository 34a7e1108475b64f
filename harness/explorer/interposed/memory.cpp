// The heap, and the functions of the C library that read or write the program's memory.

#include <errno.h>
#include <malloc.h>

#include "../heap.hpp"
#include "../kernel.hpp"
#include "../schedule.hpp"
#include "common.hpp"

using namespace racepair::explorer;

// glibc's own, under names that are not interposed.
extern "C" {
void* __libc_malloc(size_t);
void __libc_free(void*);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);
void* __libc_memalign(size_t, size_t);
}

namespace {

void* allocate(std::size_t size, std::size_t alignment) {
    void* block = heap.allocate(execution.self().number, size, alignment);
    if (block == nullptr) execution.end(Ending::too_large);
    return block;
}

void release(void* block, std::uintptr_t pc) {
    if (!exploring()) return;  // left by an execution that is over
    if (heap.is_freed(block)) {
        execution.misuse("double-free", "frees a block that is freed already", pc,
                         address_of(block));
        return;
    }
    const std::size_t size = heap.size_of(block);
    // A free is a write to all of it: whoever else uses it must be ordered before.
    execution.free_block(address_of(block), size, pc);
    heap.mark_freed(block);
}

/// Is the caller instrumented code, whose memory operations are accesses of its own?
bool is_watched(std::size_t size) { return exploring() && size > 0 && size < (1u << 20); }

}  // namespace

RACEPAIR_INTERPOSED void* malloc(size_t size) {
    return exploring() ? allocate(size, 16) : __libc_malloc(size);
}
RACEPAIR_INTERPOSED void free(void* block) {
    if (block == nullptr) return;
    if (heap.holds(block))
        release(block, RACEPAIR_PC);
    else
        __libc_free(block);
}
RACEPAIR_INTERPOSED void* calloc(size_t count, size_t size) {
    if (!exploring()) return __libc_calloc(count, size);
    std::size_t all = 0;
    if (__builtin_mul_overflow(count, size, &all)) return errno = ENOMEM, nullptr;
    return allocate(all, 16);
}
RACEPAIR_INTERPOSED void* realloc(void* block, size_t size) {
    if (!exploring() && !heap.holds(block)) return __libc_realloc(block, size);
    if (block == nullptr) return malloc(size);
    void* larger = malloc(size);
    if (larger == nullptr) return nullptr;
    const std::size_t before = heap.holds(block) ? heap.size_of(block) : malloc_usable_size(block);
    copy_bytes(larger, block, before < size ? before : size);
    free(block);
    return larger;
}
RACEPAIR_INTERPOSED void* memalign(size_t alignment, size_t size) {
    return exploring() ? allocate(size, alignment) : __libc_memalign(alignment, size);
}
RACEPAIR_INTERPOSED void* aligned_alloc(size_t alignment, size_t size) {
    return memalign(alignment, size);
}
RACEPAIR_INTERPOSED int posix_memalign(void** block, size_t alignment, size_t size) {
    *block = memalign(alignment, size);
    return *block != nullptr ? 0 : ENOMEM;
}

// clang from 19 on calls these for the copies that a program's assignments make.
RACEPAIR_INTERPOSED void* __tsan_memcpy(void* to, const void* from, unsigned long size) {
    if (is_watched(size)) {
        execution.access(address_of(from), static_cast<std::uint32_t>(size), false, RACEPAIR_PC);
        execution.access(address_of(to), static_cast<std::uint32_t>(size), true, RACEPAIR_PC);
    }
    copy_bytes(to, from, size);
    return to;
}
RACEPAIR_INTERPOSED void* __tsan_memmove(void* to, const void* from, unsigned long size) {
    if (is_watched(size)) {
        execution.access(address_of(from), static_cast<std::uint32_t>(size), false, RACEPAIR_PC);
        execution.access(address_of(to), static_cast<std::uint32_t>(size), true, RACEPAIR_PC);
    }
    move_bytes(to, from, size);
    return to;
}
RACEPAIR_INTERPOSED void* __tsan_memset(void* to, int byte, unsigned long size) {
    if (is_watched(size))
        execution.access(address_of(to), static_cast<std::uint32_t>(size), true, RACEPAIR_PC);
    fill_bytes(to, byte, size);
    return to;
}

// Older ones, and gcc, call the C library's; so do shared libraries, whose calls are not watched.
RACEPAIR_INTERPOSED void* memcpy(void* __restrict to, const void* __restrict from, size_t size) {
    if (is_watched(size) && is_of_program(RACEPAIR_PC)) {
        execution.access(address_of(from), static_cast<std::uint32_t>(size), false, RACEPAIR_PC);
        execution.access(address_of(to), static_cast<std::uint32_t>(size), true, RACEPAIR_PC);
    }
    copy_bytes(to, from, size);
    return to;
}
RACEPAIR_INTERPOSED void* memmove(void* to, const void* from, size_t size) {
    if (is_watched(size) && is_of_program(RACEPAIR_PC)) {
        execution.access(address_of(from), static_cast<std::uint32_t>(size), false, RACEPAIR_PC);
        execution.access(address_of(to), static_cast<std::uint32_t>(size), true, RACEPAIR_PC);
    }
    move_bytes(to, from, size);
    return to;
}
RACEPAIR_INTERPOSED void* memset(void* to, int byte, size_t size) {
    if (is_watched(size) && is_of_program(RACEPAIR_PC))
        execution.access(address_of(to), static_cast<std::uint32_t>(size), true, RACEPAIR_PC);
    fill_bytes(to, byte, size);
    return to;
}
