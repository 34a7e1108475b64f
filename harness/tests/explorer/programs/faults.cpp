// Programs with one thing wrong, each beside its correct sibling.

#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <cassert>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <random>
#include <shared_mutex>
#include <stdexcept>

#include "drive.hpp"

namespace explored_faults {

using explored::together;
using explored::words;

template <bool right>
struct AbBa {
    std::mutex a, b;
    int run() {
        together(
            [&] {
                std::lock_guard first(a);
                std::lock_guard second(b);
            },
            [&] {
                std::lock_guard first(right ? a : b);
                std::lock_guard second(right ? b : a);
            });
        return 0;
    }
};

// Taken in both orders, but behind a gate that lets one thread in, or both.
template <class Gate, template <class> class Lock>
struct GatedOrders {
    Gate gate;
    std::mutex a, b;
    int run() {
        std::thread([&] {
            Lock<Gate> alone(gate);
            std::lock_guard first(a);
            std::lock_guard second(b);
        }).join();
        std::thread([&] {
            Lock<Gate> alone(gate);
            std::lock_guard first(b);
            std::lock_guard second(a);
        }).join();
        return 0;
    }
};

// One of them passes the gate at first, and then comes in without.
struct HalfGatedOrders {
    std::mutex gate, a, b;
    int run() {
        std::thread([&] {
            std::lock_guard alone(gate);
            std::lock_guard first(a);
            std::lock_guard second(b);
        }).join();
        std::thread([&] {
            std::unique_lock alone(gate);
            for (bool is_alone : {true, false}) {
                if (!is_alone) alone.unlock();
                std::lock_guard first(b);
                std::lock_guard second(a);
            }
        }).join();
        return 0;
    }
};

struct OrdersOneAfterTheOther {
    std::mutex a, b;
    int run() {
        std::thread([&] {
            std::lock_guard first(a);
            std::lock_guard second(b);
        }).join();
        std::thread([&] {
            std::lock_guard first(b);
            std::lock_guard second(a);
        }).join();
        return 0;
    }
};

// The flag is looked at without the mutex, so that the notification can come in between.
template <bool right>
struct LostWakeUp {
    std::mutex mutex;
    std::condition_variable ready;
    std::atomic<bool> is_there = false;
    int run() {
        together(
            [&] {
                if (right) {
                    std::lock_guard lock(mutex);
                    is_there = true;
                } else {
                    is_there = true;
                }
                ready.notify_one();
            },
            [&] {
                std::unique_lock lock(mutex);
                while (!is_there) ready.wait(lock);
            });
        return 0;
    }
};

template <bool right>
struct NobodyNotifies {
    std::atomic<int> flag = 0;
    int run() {
        together(
            [&] {
                flag = 1;
                if (right) flag.notify_one();
            },
            [&] { flag.wait(0); });
        return 0;
    }
};

// Each waits for the other to give way.
template <bool right>
struct Livelock {
    std::atomic<int> wants[2] = {0, 0};
    int run() {
        const auto enter = [&](int me) {
            wants[me] = 1;
            while (wants[1 - me] == 1) {
                if (right && me == 1) wants[me] = 0;
                std::this_thread::yield();
            }
            wants[me] = 0;
        };
        together([&] { enter(0); }, [&] { enter(1); });
        return 0;
    }
};

template <bool right>
struct UseAfterFree {
    int run() {
        int* block = new int(1);
        std::atomic<bool> done = false;
        int seen = 0;
        together(
            [&] {
                if (right)
                    while (!done) std::this_thread::yield();
                delete block;
            },
            [&] {
                seen = *block;
                done = true;
            });
        return seen > 0 ? 1 : 0;
    }
};

template <bool right>
struct DoubleFree {
    std::atomic<void*> block = nullptr;
    int run() {
        block = std::malloc(16);
        const auto drop = [&] {
            if (right) {
                std::free(block.exchange(nullptr));
            } else if (void* mine = block.load()) {
                std::free(mine);
                block = nullptr;
            }
        };
        together(drop, drop);
        return 0;
    }
};

template <bool right>
struct Unjoined {
    int run() {
        pthread_t thread;
        pthread_create(
            &thread, nullptr, [](void* nothing) { return nothing; }, nullptr);
        if (right) pthread_join(thread, nullptr);
        return 0;
    }
};

struct JoinsTwice {
    int run() {
        pthread_t thread;
        pthread_create(
            &thread, nullptr, [](void* nothing) { return nothing; }, nullptr);
        pthread_join(thread, nullptr);
        pthread_join(thread, nullptr);
        return 0;
    }
};

struct UnlocksNotItsOwn {
    std::mutex mutex;
    int run() {
        mutex.lock();
        std::thread([&] { mutex.unlock(); }).join();
        return 0;
    }
};

struct UnlocksTwice {
    std::mutex mutex;
    int run() {
        mutex.lock();
        mutex.unlock();
        mutex.unlock();
        return 0;
    }
};

struct DestroysLocked {
    int run() {
        pthread_mutex_t mutex;
        pthread_mutex_init(&mutex, nullptr);
        pthread_mutex_lock(&mutex);
        pthread_mutex_destroy(&mutex);
        return 0;
    }
};

struct LocksItsOwn {
    std::mutex mutex;
    int run() {
        std::thread([&] {
            mutex.lock();
            mutex.lock();
        }).join();
        return 0;
    }
};

struct WaitsWithoutTheMutex {
    std::condition_variable ready;
    std::mutex mutex;
    int run() {
        pthread_cond_signal(ready.native_handle());
        pthread_cond_wait(ready.native_handle(), mutex.native_handle());
        return 0;
    }
};

template <bool right>
struct Asserts {
    std::atomic<int> count = 0;
    int run() {
        const auto add = [&] {
            if (right)
                ++count;
            else
                count = count + 1;
        };
        together(add, add);
        assert(count == 2);
        return count;
    }
};

template <bool right>
struct Throws {
    int run() {
        std::thread([] {
            try {
                throw std::runtime_error("from a thread");
            } catch (const std::runtime_error&) {
                if (!right) throw;
            }
        }).join();
        return 0;
    }
};

template <bool right>
struct Crashes {
    std::atomic<int*> where = nullptr;
    int value = 1;
    int run() {
        int seen = 0;
        where = right ? &value : nullptr;
        together([&] { where = &value; }, [&] { seen = *where.load(); });
        return seen;
    }
};

// What it does is decided outside.
struct RandomDevice {
    std::atomic<int> count = 0;
    int run() {
        std::random_device random;
        const auto sometimes = [&] {
            for (int i = 0; i < 8; ++i) {
                count.fetch_add(1);
                if (random() % 2 == 0) count.store(0);
            }
        };
        together(sometimes, sometimes);
        return 0;
    }
};

// Waits for bytes that nobody writes.
struct ReadsAPipe {
    std::atomic<int> count = 0;
    int run() {
        int ends[2];
        if (pipe(ends) != 0) return -1;
        char byte = 0;
        together([&] { ++count; }, [&] { (void)!read(ends[0], &byte, 1); });
        return 0;
    }
};

struct SpinsForEver {
    std::atomic<bool> stop = false;
    int run() {
        together([&] { ++other; },
                 [&] {
                     while (!stop.load()) std::this_thread::yield();
                 });
        return 0;
    }
    std::atomic<int> other = 0;
};

// Each takes back what it asked for when the other one asks as well, which is a change each time.
struct AfterYou {
    std::atomic<bool> wants[2] = {false, false};
    int run() {
        const auto pass = [&](int me) {
            for (;; std::this_thread::yield()) {
                wants[me] = true;
                if (!wants[1 - me]) break;
                wants[me] = false;
            }
            wants[me] = false;
        };
        together([&] { pass(0); }, [&] { pass(1); });
        return 0;
    }
};

// Goes on and on, and each time something changes.
struct NeverEnds {
    std::atomic<int> count = 0;
    std::atomic<bool> stop = false;
    int run() {
        together([&] { stop = true; },
                 [&] {
                     for (;;) count.fetch_add(1);
                 });
        return 0;
    }
};

}  // namespace explored_faults

using namespace explored_faults;

RACEPAIR_CASE("faults.wrong")
    .needs_company()
    .scenario(explored::drive)
    .racy<AbBa<false>>("ab_ba")
    .racy<GatedOrders<std::shared_mutex, std::shared_lock>>("orders_behind_an_open_gate")
    .racy<HalfGatedOrders>("half_gated_orders")
    .racy<OrdersOneAfterTheOther>("orders_one_after_the_other")
    .racy<LostWakeUp<false>>("lost_wake_up")
    .racy<NobodyNotifies<false>>("nobody_notifies")
    .racy<Livelock<false>>("livelock")
    .racy<SpinsForEver>("spins_for_ever")
    .racy<UseAfterFree<false>>("use_after_free")
    .racy<DoubleFree<false>>("double_free")
    .racy<Unjoined<false>>("unjoined")
    .racy<JoinsTwice>("joins_twice")
    .racy<UnlocksNotItsOwn>("unlocks_not_its_own")
    .racy<UnlocksTwice>("unlocks_twice")
    .racy<DestroysLocked>("destroys_locked")
    .racy<LocksItsOwn>("locks_its_own")
    .racy<WaitsWithoutTheMutex>("waits_without_the_mutex")
    .racy<Asserts<false>>("asserts")
    .racy<Throws<false>>("throws")
    .racy<Crashes<false>>("crashes");

RACEPAIR_CASE("faults.right")
    .needs_company()
    .scenario(explored::drive)
    .fixed<AbBa<true>>("ab_ba")
    .fixed<GatedOrders<std::mutex, std::unique_lock>>("gated_orders")
    .fixed<LostWakeUp<true>>("lost_wake_up")
    .fixed<NobodyNotifies<true>>("nobody_notifies")
    .fixed<Livelock<true>>("livelock")
    .fixed<UseAfterFree<true>>("use_after_free")
    .fixed<DoubleFree<true>>("double_free")
    .fixed<Unjoined<true>>("unjoined")
    .fixed<Asserts<true>>("asserts")
    .fixed<Throws<true>>("throws")
    .fixed<Crashes<true>>("crashes");

RACEPAIR_CASE("faults.beyond")
    .needs_company()
    .scenario(explored::drive)
    .racy<RandomDevice>("random_device")
    .racy<ReadsAPipe>("reads_a_pipe")
    .racy<AfterYou>("after_you")
    .racy<NeverEnds>("never_ends");
