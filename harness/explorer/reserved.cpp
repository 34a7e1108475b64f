#include "reserved.hpp"

#include "kernel.hpp"

namespace racepair::explorer {

void fail_internally(const char* what) {
    write_error("racepair: internal: ");
    write_error(what);
    write_error("\n");
    exit_process(70);
}

void* reserve(std::size_t bytes, std::uintptr_t wish) {
    constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void* memory = MAP_FAILED;
    if (wish != 0)
        memory = mmap(reinterpret_cast<void*>(wish), bytes, PROT_READ | PROT_WRITE,
                      flags | MAP_FIXED_NOREPLACE, -1, 0);
    if (memory == MAP_FAILED) memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (memory == MAP_FAILED) fail_internally("the system gives no address space");
    return memory;
}

}  // namespace racepair::explorer
