#include "racepair/order.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "silent.hpp"

namespace racepair {

Order::Order() { __atomic_store_n(&arrivals_, 0, __ATOMIC_RELAXED); }

void Order::arrive() {
    __atomic_fetch_add(&arrivals_, 1, __ATOMIC_SEQ_CST);
    syscall(SYS_futex, &arrivals_, FUTEX_WAKE_PRIVATE, 0x7fffffff, nullptr, nullptr, 0);
}

void Order::await(int arrivals) {
    for (;;) {
        const int seen = __atomic_load_n(&arrivals_, __ATOMIC_SEQ_CST);
        if (seen >= arrivals) return;
        syscall(SYS_futex, &arrivals_, FUTEX_WAIT_PRIVATE, seen, nullptr, nullptr, 0);
    }
}

}  // namespace racepair
