#pragma once

#include <atomic>
#include <thread>

namespace litmus {

/// Lets threads go at the same moment, as nearly as threads can: reordered accesses show only where
/// they meet within nanoseconds. It orders nothing but the start.
class StartLine {
   public:
    explicit StartLine(int runners) : missing_(runners) {}

    void wait() {
        missing_--;
        for (int spins = 0; missing_ > 0; ++spins)
            if (spins > 1000) std::this_thread::yield();
    }

   private:
    std::atomic<int> missing_;
};

}  // namespace litmus
