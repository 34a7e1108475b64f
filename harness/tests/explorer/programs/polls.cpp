// Programs whose threads look again and again.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "drive.hpp"

namespace explored_polls {

using explored::together;
using explored::words;
using namespace std::chrono_literals;

struct YieldLoop {
    std::atomic<bool> ready = false;
    int value = 0;
    int run() {
        int got = 0;
        together(
            [&] {
                value = 42;
                ready = true;
            },
            [&] {
                while (!ready) std::this_thread::yield();
                got = value;
            });
        return got;
    }
};

struct SleepLoop {
    std::atomic<bool> ready = false;
    int run() {
        together([&] { ready = true; },
                 [&] {
                     while (!ready) std::this_thread::sleep_for(1ms);
                 });
        return ready ? 1 : 0;
    }
};

// What is looked for is there long before whoever looks for it may go on: `after` tells.

struct TryLockLoop {
    std::mutex mutex;
    std::atomic<int> after = 0;
    int run() {
        int seen = -1;
        together(
            [&] {
                mutex.lock();
                mutex.unlock();
                after = 1;
            },
            [&] {
                while (!mutex.try_lock()) std::this_thread::yield();
                seen = after;
                mutex.unlock();
            });
        return seen;
    }
};

struct LockedPoll {
    std::mutex mutex;
    bool ready = false;
    std::atomic<int> after = 0;
    bool is_ready() {
        std::lock_guard lock(mutex);
        return ready;
    }
    int run() {
        int seen = -1;
        together(
            [&] {
                {
                    std::lock_guard lock(mutex);
                    ready = true;
                }
                after = 1;
            },
            [&] {
                while (!is_ready()) std::this_thread::yield();
                seen = after;
            });
        return seen;
    }
};

struct TimedPoll {
    std::mutex mutex;
    std::condition_variable never;
    bool ready = false;
    std::atomic<int> after = 0;
    int run() {
        int seen = -1;
        together(
            [&] {
                {
                    std::lock_guard lock(mutex);
                    ready = true;
                }
                after = 1;
            },
            [&] {
                std::unique_lock lock(mutex);
                while (!ready) never.wait_for(lock, 1ms);
                seen = after;
            });
        return seen;
    }
};

// A loop that gives up: it may do so before anybody else has come to anything.
template <bool yields>
struct BoundedPoll {
    std::atomic<bool> ready = false;
    std::atomic<int> after = 0;
    std::string run() {
        bool got = false;
        int seen = -1;
        together(
            [&] {
                ready = true;
                after = 1;
            },
            [&] {
                for (int i = 0; i < 4 && !got; ++i) {
                    got = ready;
                    if (yields) std::this_thread::yield();
                }
                seen = after;
            });
        return words(got, seen);
    }
};

struct CountingPoll {
    std::atomic<bool> ready = false;
    std::atomic<int> same = 0;
    int run() {
        together([&] { ready = true; },
                 [&] {
                     while (!ready) {
                         same = 1;  // the first time it changes something
                         std::this_thread::yield();
                     }
                 });
        return same;
    }
};

}  // namespace explored_polls

using namespace explored_polls;

RACEPAIR_CASE("kernels.polls")
    .needs_company()
    .scenario(explored::drive)
    .fixed<YieldLoop>("yield_loop")
    .fixed<SleepLoop>("sleep_loop")
    .fixed<TryLockLoop>("try_lock_loop")
    .fixed<LockedPoll>("locked_poll")
    .fixed<TimedPoll>("timed_poll")
    .fixed<BoundedPoll<true>>("bounded_poll")
    .fixed<BoundedPoll<false>>("bounded_busy_poll")
    .fixed<CountingPoll>("counting_poll");
