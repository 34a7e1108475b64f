// What the compiler's instrumentation calls before each access to memory, and on entry to and exit
// from functions: the interface that ThreadSanitizer's runtime has, of clang and of gcc.

#include "../noise.hpp"
#include "common.hpp"

using namespace racepair::explorer;

namespace {

inline void accessed(const volatile void* address, std::uint32_t size, bool write,
                     std::uintptr_t pc) {
    if (exploring())
        execution.access(address_of(address), size, write, pc);
    else
        noise.disturb();
}

}  // namespace

#define RACEPAIR_ACCESSES(size)                                           \
    RACEPAIR_INTERPOSED void __tsan_read##size(void* address) {           \
        accessed(address, size, false, RACEPAIR_PC);                      \
    }                                                                     \
    RACEPAIR_INTERPOSED void __tsan_write##size(void* address) {          \
        accessed(address, size, true, RACEPAIR_PC);                       \
    }                                                                     \
    RACEPAIR_INTERPOSED void __tsan_volatile_read##size(void* address) {  \
        accessed(address, size, false, RACEPAIR_PC);                      \
    }                                                                     \
    RACEPAIR_INTERPOSED void __tsan_volatile_write##size(void* address) { \
        accessed(address, size, true, RACEPAIR_PC);                       \
    }                                                                     \
    RACEPAIR_INTERPOSED void __tsan_read_write##size(void* address) {     \
        accessed(address, size, false, RACEPAIR_PC);                      \
        accessed(address, size, true, RACEPAIR_PC);                       \
    }
RACEPAIR_ACCESSES(1)
RACEPAIR_ACCESSES(2)
RACEPAIR_ACCESSES(4)
RACEPAIR_ACCESSES(8)
RACEPAIR_ACCESSES(16)

#define RACEPAIR_UNALIGNED(size)                                                    \
    RACEPAIR_INTERPOSED void __tsan_unaligned_read##size(void* address) {           \
        accessed(address, size, false, RACEPAIR_PC);                                \
    }                                                                               \
    RACEPAIR_INTERPOSED void __tsan_unaligned_write##size(void* address) {          \
        accessed(address, size, true, RACEPAIR_PC);                                 \
    }                                                                               \
    RACEPAIR_INTERPOSED void __tsan_unaligned_volatile_read##size(void* address) {  \
        accessed(address, size, false, RACEPAIR_PC);                                \
    }                                                                               \
    RACEPAIR_INTERPOSED void __tsan_unaligned_volatile_write##size(void* address) { \
        accessed(address, size, true, RACEPAIR_PC);                                 \
    }                                                                               \
    RACEPAIR_INTERPOSED void __tsan_unaligned_read_write##size(void* address) {     \
        accessed(address, size, false, RACEPAIR_PC);                                \
        accessed(address, size, true, RACEPAIR_PC);                                 \
    }
RACEPAIR_UNALIGNED(2)
RACEPAIR_UNALIGNED(4)
RACEPAIR_UNALIGNED(8)
RACEPAIR_UNALIGNED(16)

RACEPAIR_INTERPOSED void __tsan_read_range(void* address, unsigned long size) {
    accessed(address, static_cast<std::uint32_t>(size), false, RACEPAIR_PC);
}
RACEPAIR_INTERPOSED void __tsan_write_range(void* address, unsigned long size) {
    accessed(address, static_cast<std::uint32_t>(size), true, RACEPAIR_PC);
}
RACEPAIR_INTERPOSED void __tsan_vptr_read(void** address) {
    accessed(address, sizeof(void*), false, RACEPAIR_PC);
}
RACEPAIR_INTERPOSED void __tsan_vptr_update(void** address, void* value) {
    // A constructor or destructor writes the same pointer again and again: no write.
    if (*address != value) accessed(address, sizeof(void*), true, RACEPAIR_PC);
}

RACEPAIR_INTERPOSED void __tsan_init() {}

RACEPAIR_INTERPOSED void __tsan_func_entry(void* caller) {
    if (!exploring()) return;
    Thread& me = execution.self();
    if (me.depth < Thread::deepest) me.calls[me.depth] = address_of(caller);
    ++me.depth;
}
RACEPAIR_INTERPOSED void __tsan_func_exit() {
    if (!exploring()) return;
    Thread& me = execution.self();
    if (me.depth > 0) --me.depth;
}

RACEPAIR_INTERPOSED void __tsan_ignore_thread_begin() {}
RACEPAIR_INTERPOSED void __tsan_ignore_thread_end() {}
