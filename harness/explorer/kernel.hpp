#pragma once

#include <cstddef>
#include <cstdint>

namespace racepair::explorer {

/// A system call that nothing can interpose. Returns what the kernel returns: -errno on failure.
long kernel_call(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0,
                 long f = 0);

/// Sleeps while *word is `value`; may wake for no reason.
void wait_while(const int* word, int value);
/// Wakes all who sleep on it.
void wake(const int* word);

void write_error(const char* text);
[[noreturn]] void exit_process(int status);

/// memcpy, memmove and memset that are never calls of those names, because those are interposed.
void copy_bytes(void* to, const void* from, std::size_t count);
void move_bytes(void* to, const void* from, std::size_t count);
void fill_bytes(void* to, int byte, std::size_t count);

}  // namespace racepair::explorer
