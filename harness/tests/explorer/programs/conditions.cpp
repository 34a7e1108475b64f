// Programs whose threads wait until something is so.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "drive.hpp"

namespace explored_conditions {

using explored::together;
using explored::words;
using namespace std::chrono_literals;

struct ProducerConsumer {
    std::mutex mutex;
    std::condition_variable ready;
    bool is_there = false;
    int value = 0;
    int run() {
        int got = 0;
        together(
            [&] {
                std::lock_guard lock(mutex);
                value = 42;
                is_there = true;
                ready.notify_one();
            },
            [&] {
                std::unique_lock lock(mutex);
                ready.wait(lock, [&] { return is_there; });
                got = value;
            });
        return got;
    }
};

struct NotifyUnlocked {
    std::mutex mutex;
    std::condition_variable ready;
    int items = 0;
    int run() {
        int taken = 0;
        const auto consume = [&] {
            std::unique_lock lock(mutex);
            ready.wait(lock, [&] { return items > 0; });
            --items;
            ++taken;
        };
        together(consume, consume, [&] {
            for (int i = 0; i < 2; ++i) {
                {
                    std::lock_guard lock(mutex);
                    ++items;
                }
                ready.notify_one();
            }
        });
        return taken;
    }
};

struct NotifyAll {
    std::mutex mutex;
    std::condition_variable ready;
    bool open = false;
    int order = 0;
    int run() {
        const auto pass = [&](int index) {
            std::unique_lock lock(mutex);
            ready.wait(lock, [&] { return open; });
            order = order * 10 + index;
        };
        together([&] { pass(1); }, [&] { pass(2); },
                 [&] {
                     std::lock_guard lock(mutex);
                     open = true;
                     ready.notify_all();
                 });
        return order;
    }
};

struct TimedWait {
    std::mutex mutex;
    std::condition_variable ready;
    bool is_there = false;
    std::string run() {
        bool in_time = false;
        together(
            [&] {
                std::unique_lock lock(mutex);
                in_time = ready.wait_for(lock, 1ms, [&] { return is_there; });
            },
            [&] {
                std::lock_guard lock(mutex);
                is_there = true;
                ready.notify_one();
            });
        return words(in_time);
    }
};

struct TimedWaitOnce {
    std::mutex mutex;
    std::condition_variable ready;
    bool is_there = false;
    std::string run() {
        bool notified = false, seen = false;
        together(
            [&] {
                std::unique_lock lock(mutex);
                notified = ready.wait_for(lock, 1ms) == std::cv_status::no_timeout;
                seen = is_there;
            },
            [&] {
                std::lock_guard lock(mutex);
                is_there = true;
                ready.notify_one();
            });
        return words(notified, seen);
    }
};

struct AnyCondition {
    std::mutex mutex;
    std::condition_variable_any ready;
    bool is_there = false;
    int run() {
        together(
            [&] {
                std::lock_guard lock(mutex);
                is_there = true;
                ready.notify_one();
            },
            [&] {
                std::unique_lock lock(mutex);
                ready.wait(lock, [&] { return is_there; });
            });
        return is_there ? 1 : 0;
    }
};

struct StopToken {
    std::string run() {
        std::atomic<int> rounds = 0;
        {
            std::jthread worker([&](const std::stop_token& stop) {
                while (!stop.stop_requested()) {
                    rounds = 1;
                    std::this_thread::yield();
                }
            });
        }
        return words(rounds);
    }
};

struct AtomicWait {
    std::atomic<int> flag = 0;
    int value = 0;
    int run() {
        int got = 0;
        together(
            [&] {
                value = 42;
                flag.store(1, std::memory_order_release);
                flag.notify_one();
            },
            [&] {
                flag.wait(0, std::memory_order_acquire);
                got = value;
            });
        return got;
    }
};

}  // namespace explored_conditions

using namespace explored_conditions;

RACEPAIR_CASE("kernels.conditions")
    .needs_company()
    .scenario(explored::drive)
    .fixed<ProducerConsumer>("producer_consumer")
    .fixed<NotifyUnlocked>("notify_unlocked")
    .fixed<NotifyAll>("notify_all")
    .fixed<TimedWait>("timed_wait")
    .fixed<TimedWaitOnce>("timed_wait_once")
    .fixed<AnyCondition>("any_condition")
    .fixed<AtomicWait>("atomic_wait")
    .fixed<StopToken>("stop_token");
