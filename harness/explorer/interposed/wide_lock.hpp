#pragma once

#include "../real.hpp"

namespace racepair::explorer {

/// Held by real threads while they access an atomic that is too large for the processor. All of the
/// program's accesses to such come to the explorer, so that a lock of its own will do.
class WideLock {
   public:
    WideLock() {
        while (__atomic_exchange_n(&is_taken, true, __ATOMIC_ACQUIRE)) real::sched_yield();
    }
    ~WideLock() { __atomic_store_n(&is_taken, false, __ATOMIC_RELEASE); }
    WideLock(const WideLock&) = delete;
    WideLock& operator=(const WideLock&) = delete;

   private:
    static bool is_taken;
};

}  // namespace racepair::explorer
