#include "thread_locals.hpp"

#include <elf.h>
#include <link.h>

#include <cstddef>
#include <cstdint>

#include "globals.hpp"
#include "kernel.hpp"

namespace racepair::explorer {
namespace {

/// The part of the program's file that each thread's variables start from.
struct Image {
    bool is_known = false;
    const void* bytes = nullptr;
    std::size_t file_size = 0;
    std::size_t memory_size = 0;
    std::size_t alignment = 1;
};

int find_image(dl_phdr_info* info, std::size_t, void* found) {
    auto& image = *static_cast<Image*>(found);
    image.is_known = true;
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const auto& header = info->dlpi_phdr[i];
        if (header.p_type != PT_TLS) continue;
        image.bytes = reinterpret_cast<const void*>(info->dlpi_addr + header.p_vaddr);
        image.file_size = header.p_filesz;
        image.memory_size = header.p_memsz;
        image.alignment = header.p_align > 0 ? header.p_align : 1;
    }
    return 1;  // the program itself comes first
}

}  // namespace

void reset_thread_locals(void* thread_pointer) {
    RACEPAIR_KEPT static Image image;
    if (!image.is_known) dl_iterate_phdr(find_image, &image);
    if (image.memory_size == 0) return;
    const auto pointer = reinterpret_cast<std::uintptr_t>(thread_pointer);
    const auto mask = image.alignment - 1;
#if defined(__x86_64__)
    // Variant II: the program's block ends at the thread pointer.
    const std::uintptr_t block = pointer - ((image.memory_size + mask) & ~mask);
#else
    // Variant I: it follows the two words at the thread pointer.
    const std::uintptr_t block = pointer + ((16 + mask) & ~mask);
#endif
    auto* begin = reinterpret_cast<char*>(block);
    copy_bytes(begin, image.bytes, image.file_size);
    fill_bytes(begin + image.file_size, 0, image.memory_size - image.file_size);
}

}  // namespace racepair::explorer
