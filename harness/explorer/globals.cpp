#include "globals.hpp"

#include <elf.h>
#include <link.h>

#include "kernel.hpp"
#include "reserved.hpp"

// The linker marks where a section begins and ends whose name is an identifier.
extern "C" {
extern char __start_racepair_kept[] __attribute__((weak, visibility("hidden")));
extern char __stop_racepair_kept[] __attribute__((weak, visibility("hidden")));
}

namespace racepair::explorer {
namespace {

struct Writable {
    char* begin = nullptr;
    char* end = nullptr;
};

int find_writable(dl_phdr_info* info, std::size_t, void* found) {
    auto& writable = *static_cast<Writable*>(found);
    char* read_only_end = nullptr;
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const auto& header = info->dlpi_phdr[i];
        auto* begin = reinterpret_cast<char*>(info->dlpi_addr + header.p_vaddr);
        if (header.p_type == PT_LOAD && (header.p_flags & PF_W) != 0) {
            if (writable.begin == nullptr || begin < writable.begin) writable.begin = begin;
            if (begin + header.p_memsz > writable.end) writable.end = begin + header.p_memsz;
        }
        // Written by the loader and closed before main.
        if (header.p_type == PT_GNU_RELRO) {
            read_only_end = begin + header.p_memsz;
            const auto page = reinterpret_cast<std::size_t>(read_only_end) & 4095;
            read_only_end -= page;
        }
    }
    if (read_only_end > writable.begin && read_only_end < writable.end)
        writable.begin = read_only_end;
    return 1;
}

}  // namespace

RACEPAIR_KEPT Globals globals;

void Globals::remember() {
    Writable writable;
    dl_iterate_phdr(find_writable, &writable);
    const auto add = [this](char* begin, char* end) {
        if (begin >= end) return;
        Range& range = ranges_[count_++];
        const auto size = static_cast<std::size_t>(end - begin);
        if (range.size != size) range = {begin, size, static_cast<char*>(reserve(size))};
        copy_bytes(range.copy, range.begin, size);
    };
    count_ = 0;
    if (writable.begin == nullptr) return;
    if (__start_racepair_kept == nullptr) {
        add(writable.begin, writable.end);
    } else {
        add(writable.begin, __start_racepair_kept);
        add(__stop_racepair_kept, writable.end);
    }
}

void Globals::restore() {
    for (int i = 0; i < count_; ++i) copy_bytes(ranges_[i].begin, ranges_[i].copy, ranges_[i].size);
}

}  // namespace racepair::explorer
