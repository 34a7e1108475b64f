// Programs that wait for each other: by everything that the standard library has for it.

#include <pthread.h>
#include <semaphore.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <semaphore>
#include <stop_token>

#include "drive.hpp"

namespace explored_waiting {

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

struct Semaphore {
    std::counting_semaphore<4> free{1};
    int order = 0;
    int run(racepair::Team& team) {
        team.run([&](int index) {
            free.acquire();
            order = order * 10 + index + 1;
            free.release();
        });
        return order;
    }
};

struct SemaphoreHandover {
    std::binary_semaphore ready{0};
    int value = 0;
    int run() {
        int got = 0;
        together(
            [&] {
                value = 42;
                ready.release();
            },
            [&] {
                ready.acquire();
                got = value;
            });
        return got;
    }
};

struct TryAcquire {
    std::counting_semaphore<4> free{1};
    std::string run() {
        bool first = false, second = false;
        together([&] { first = free.try_acquire(); }, [&] { second = free.try_acquire(); });
        return words(first, second);
    }
};

struct Barrier {
    std::barrier<> both{2};
    int left[2] = {};
    std::string run() {
        int seen[2] = {};
        const auto meet = [&](int me) {
            left[me] = 1;
            both.arrive_and_wait();
            seen[me] = left[1 - me];
        };
        together([&] { meet(0); }, [&] { meet(1); });
        return words(seen[0], seen[1]);
    }
};

struct Latch {
    std::latch done{2};
    int parts[2] = {};
    int run() {
        int sum = 0;
        const auto work = [&](int me) {
            parts[me] = 1;
            done.count_down();
        };
        together([&] { work(0); }, [&] { work(1); },
                 [&] {
                     done.wait();
                     sum = parts[0] + parts[1];
                 });
        return sum;
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

struct PromiseFuture {
    int run() {
        std::promise<int> promise;
        int got = 0;
        together([&] { promise.set_value(42); }, [&] { got = promise.get_future().get(); });
        return got;
    }
};

struct PromiseException {
    std::string run() {
        std::promise<int> promise;
        std::string got;
        std::thread thrower([&] {
            try {
                throw std::runtime_error("no value");
            } catch (...) {
                promise.set_exception(std::current_exception());
            }
        });
        try {
            promise.get_future().get();
        } catch (const std::runtime_error& error) {
            got = error.what();
        }
        thrower.join();
        return got;
    }
};

struct Async {
    int run() {
        auto one = std::async(std::launch::async, [] { return 1; });
        auto two = std::async(std::launch::async, [] { return 2; });
        return one.get() + two.get();
    }
};

struct CallOnce {
    std::once_flag once;
    int calls = 0;
    int run(racepair::Team& team) {
        team.run([&] { std::call_once(once, [&] { ++calls; }); });
        return calls;
    }
};

struct CallOnceThrows {
    std::once_flag once;
    std::atomic<int> calls = 0, caught = 0;
    std::string run(racepair::Team& team) {
        team.run([&] {
            try {
                std::call_once(once, [&] {
                    if (++calls == 1) throw 1;
                });
            } catch (int) {
                ++caught;
            }
        });
        return words(calls, caught);
    }
};

struct LocalStatic {
    static int made;
    struct Made {
        int number = ++made;
    };
    static int get() {
        static const Made one;
        return one.number;
    }
    std::string run() {
        int seen[2] = {};
        together([&] { seen[0] = get(); }, [&] { seen[1] = get(); });
        return words(seen[0], seen[1], made);
    }
};
int LocalStatic::made = 0;

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

struct PosixSemaphore {
    sem_t free;
    int order = 0;
    int run(racepair::Team& team) {
        sem_init(&free, 0, 1);
        team.run([&](int index) {
            sem_wait(&free);
            order = order * 10 + index + 1;
            sem_post(&free);
        });
        return order;
    }
};

struct PosixBarrier {
    pthread_barrier_t both;
    int left[2] = {};
    std::string run() {
        pthread_barrier_init(&both, nullptr, 2);
        int seen[2] = {};
        const auto meet = [&](int me) {
            left[me] = 1;
            pthread_barrier_wait(&both);
            seen[me] = left[1 - me];
        };
        together([&] { meet(0); }, [&] { meet(1); });
        pthread_barrier_destroy(&both);
        return words(seen[0], seen[1]);
    }
};

}  // namespace explored_waiting

using namespace explored_waiting;

RACEPAIR_CASE("kernels.waiting")
    .needs_company()
    .scenario(explored::drive)
    .fixed<ProducerConsumer>("producer_consumer")
    .fixed<NotifyUnlocked>("notify_unlocked")
    .fixed<NotifyAll>("notify_all")
    .fixed<TimedWait>("timed_wait")
    .fixed<TimedWaitOnce>("timed_wait_once")
    .fixed<AnyCondition>("any_condition")
    .fixed<Semaphore>("semaphore")
    .fixed<SemaphoreHandover>("semaphore_handover")
    .fixed<TryAcquire>("try_acquire")
    .fixed<Barrier>("barrier")
    .fixed<Latch>("latch")
    .fixed<AtomicWait>("atomic_wait")
    .fixed<PromiseFuture>("promise_future")
    .fixed<PromiseException>("promise_exception")
    .fixed<Async>("async")
    .fixed<CallOnce>("call_once")
    .fixed<CallOnceThrows>("call_once_throws")
    .fixed<LocalStatic>("local_static")
    .fixed<StopToken>("stop_token")
    .fixed<YieldLoop>("yield_loop")
    .fixed<SleepLoop>("sleep_loop")
    .fixed<TryLockLoop>("try_lock_loop")
    .fixed<LockedPoll>("locked_poll")
    .fixed<TimedPoll>("timed_poll")
    .fixed<BoundedPoll<true>>("bounded_poll")
    .fixed<BoundedPoll<false>>("bounded_busy_poll")
    .fixed<CountingPoll>("counting_poll")
    .fixed<PosixSemaphore>("posix_semaphore")
    .fixed<PosixBarrier>("posix_barrier");
