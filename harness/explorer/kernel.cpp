#include "kernel.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>

namespace racepair::explorer {

long kernel_call(long number, long a, long b, long c, long d, long e, long f) {
#if defined(__x86_64__)
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc 0"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                     : "memory");
    return x0;
#else
#error "the explorer runs on x86-64 and AArch64"
#endif
}

void wait_while(const int* word, int value) {
    kernel_call(SYS_futex, reinterpret_cast<long>(word), FUTEX_WAIT_PRIVATE, value);
}

void wake(const int* word) {
    kernel_call(SYS_futex, reinterpret_cast<long>(word), FUTEX_WAKE_PRIVATE, 1 << 30);
}

void write_error(const char* text) {
    std::size_t length = 0;
    while (text[length] != '\0') ++length;
    kernel_call(SYS_write, 2, reinterpret_cast<long>(text), static_cast<long>(length));
}

void exit_process(int status) {
    for (;;) kernel_call(SYS_exit_group, status);
}

void copy_bytes(void* to, const void* from, std::size_t count) {
#if defined(__x86_64__)
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
#else
    auto* target = static_cast<volatile unsigned char*>(to);
    const auto* source = static_cast<const unsigned char*>(from);
    for (std::size_t i = 0; i < count; ++i) target[i] = source[i];
#endif
}

void move_bytes(void* to, const void* from, std::size_t count) {
    auto* target = static_cast<volatile unsigned char*>(to);
    const auto* source = static_cast<const unsigned char*>(from);
    if (to <= from || target >= source + count) return copy_bytes(to, from, count);
    while (count-- > 0) target[count] = source[count];
}

void fill_bytes(void* to, int byte, std::size_t count) {
#if defined(__x86_64__)
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(byte) : "memory");
#else
    auto* target = static_cast<volatile unsigned char*>(to);
    for (std::size_t i = 0; i < count; ++i) target[i] = static_cast<unsigned char>(byte);
#endif
}

}  // namespace racepair::explorer
