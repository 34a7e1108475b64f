// racepair::Order in a subject that is explored: the order is kept by the explorer and synchronises
// nothing, as it does elsewhere.

#include "racepair/order.hpp"

#include "../kernel.hpp"
#include "common.hpp"

using namespace racepair::explorer;

namespace racepair {

Order::Order() { __atomic_store_n(&arrivals_, 0, __ATOMIC_RELAXED); }

void Order::arrive() {
    if (exploring()) return execution.arrive(address_of(&arrivals_));
    __atomic_fetch_add(&arrivals_, 1, __ATOMIC_SEQ_CST);
    wake(&arrivals_);
}

void Order::await(int arrivals) {
    if (exploring()) return execution.await(address_of(&arrivals_), arrivals, RACEPAIR_PC);
    for (;;) {
        const int seen = __atomic_load_n(&arrivals_, __ATOMIC_SEQ_CST);
        if (seen >= arrivals) return;
        wait_while(&arrivals_, seen);
    }
}

}  // namespace racepair
