#include "library_spins.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "globals.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

namespace racepair::explorer {
namespace {

bool contains(const char* text, const char* part) {
    for (; *text != '\0'; ++text) {
        int i = 0;
        while (part[i] != '\0' && text[i] == part[i]) ++i;
        if (part[i] == '\0') return true;
    }
    return false;
}

}  // namespace

RACEPAIR_KEPT LibrarySpins library_spins;

void LibrarySpins::find() {
    if (count_ >= 0) return;
    count_ = 0;
    const long file = kernel_call(SYS_openat, AT_FDCWD, reinterpret_cast<long>("/proc/self/exe"),
                                  O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    const long size = kernel_call(SYS_lseek, file, 0, 2);
    const long mapped =
        size <= 0 ? -1 : kernel_call(SYS_mmap, 0, size, PROT_READ, MAP_PRIVATE, file, 0);
    kernel_call(SYS_close, file);
    if (mapped < 0 && mapped > -4096) return;
    const auto* image = reinterpret_cast<const char*>(mapped);
    const auto* header = reinterpret_cast<const Elf64_Ehdr*>(image);
    const auto* sections = reinterpret_cast<const Elf64_Shdr*>(image + header->e_shoff);
    // Where the file's addresses begin in memory.
    const std::uintptr_t base = std::uintptr_t{0} - relative(0);
    for (int i = 0; i < header->e_shnum; ++i) {
        if (sections[i].sh_type != SHT_SYMTAB) continue;
        const auto* symbols = reinterpret_cast<const Elf64_Sym*>(image + sections[i].sh_offset);
        const char* names = image + sections[sections[i].sh_link].sh_offset;
        for (std::size_t j = 0; j < sections[i].sh_size / sizeof(Elf64_Sym); ++j) {
            const Elf64_Sym& symbol = symbols[j];
            if (ELF64_ST_TYPE(symbol.st_info) != STT_FUNC || count_ == most) continue;
            const char* name = names + symbol.st_name;
            if (contains(name, "__detail13__atomic_spin") || contains(name, "__spin_impl") ||
                contains(name, "__spin_until_impl"))
                range_[count_++] = {base + symbol.st_value,
                                    base + symbol.st_value + symbol.st_size};
        }
    }
    kernel_call(SYS_munmap, mapped, size);
}

}  // namespace racepair::explorer
