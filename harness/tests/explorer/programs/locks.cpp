// Programs that exclude each other: by mutexes of each kind, and by locks of their own making.

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <shared_mutex>

#include "drive.hpp"

namespace explored_locks {

using explored::together;
using explored::words;

struct Mutex {
    std::mutex mutex;
    int count = 0;
    int run(racepair::Team& team) {
        team.run([&] {
            for (int i = 0; i < team.rounds(); ++i) {
                std::lock_guard lock(mutex);
                ++count;
            }
        });
        return count;
    }
};

// The order in which the sections were entered is the outcome, so that each order is told apart.
struct MutexOrder {
    std::mutex mutex;
    int order = 0;
    int run(racepair::Team& team) {
        team.run([&](int index) {
            for (int i = 0; i < team.rounds(); ++i) {
                std::lock_guard lock(mutex);
                order = order * 10 + index + 1;
            }
        });
        return order;
    }
};

struct TwoMutexes {
    std::mutex first, second;
    int a = 0, b = 0;
    std::string run() {
        together(
            [&] {
                {
                    std::lock_guard lock(first);
                    a = a * 10 + 1;
                }
                {
                    std::lock_guard lock(second);
                    b = b * 10 + 1;
                }
            },
            [&] {
                {
                    std::lock_guard lock(first);
                    a = a * 10 + 2;
                }
                {
                    std::lock_guard lock(second);
                    b = b * 10 + 2;
                }
            });
        return words(a, b);
    }
};

struct TryLock {
    std::mutex mutex;
    int count = 0;
    int run(racepair::Team& team) {
        team.run([&] {
            if (!mutex.try_lock()) return;
            ++count;
            mutex.unlock();
        });
        return count;
    }
};

struct TryThenLock {
    std::mutex mutex;
    std::atomic<int> refused = 0;
    int count = 0;
    std::string run(racepair::Team& team) {
        team.run([&] {
            std::unique_lock lock(mutex, std::try_to_lock);
            if (!lock) {
                ++refused;
                lock.lock();
            }
            ++count;
        });
        return words(count, refused);
    }
};

struct TimedLock {
    std::timed_mutex mutex;
    int count = 0;
    int run(racepair::Team& team) {
        team.run([&] {
            std::unique_lock lock(mutex, std::chrono::milliseconds(5));
            if (lock) ++count;
        });
        return count;
    }
};

struct Recursive {
    std::recursive_mutex mutex;
    int count = 0;
    int run(racepair::Team& team) {
        team.run([&] {
            std::lock_guard outer(mutex);
            ++count;
            std::lock_guard inner(mutex);
            ++count;
        });
        return count;
    }
};

struct ReadersWriter {
    std::shared_mutex mutex;
    int value = 0;
    int seen[2] = {};
    std::string run() {
        const auto reader = [&](int index) {
            std::shared_lock lock(mutex);
            seen[index] = value;
        };
        together([&] { reader(0); }, [&] { reader(1); },
                 [&] {
                     std::lock_guard lock(mutex);
                     value = 1;
                 });
        return words(seen[0], seen[1]);
    }
};

// Readers do not keep each other out.
struct TwoReaders {
    std::shared_mutex mutex;
    std::atomic<int> inside = 0;
    std::atomic<int> most = 1;
    int run() {
        const auto reader = [&] {
            std::shared_lock lock(mutex);
            if (++inside == 2) most = 2;
            --inside;
        };
        together(reader, reader);
        return most;
    }
};

// A reader who locks again what it reads does not let go of it half-way.
// POSIX allows it, and std::shared_mutex does not.
template <int kind>
struct SharedTwice {
    pthread_rwlock_t lock;
    int value = 0;
    int read() {
        pthread_rwlock_rdlock(&lock);
        const int seen = value;
        pthread_rwlock_unlock(&lock);
        return seen;
    }
    bool run() {
        pthread_rwlockattr_t attributes;
        pthread_rwlockattr_init(&attributes);
        pthread_rwlockattr_setkind_np(&attributes, kind);
        pthread_rwlock_init(&lock, &attributes);
        bool was_steady = false;
        together(
            [&] {
                pthread_rwlock_rdlock(&lock);
                const int before = read();
                was_steady = before == read();
                pthread_rwlock_unlock(&lock);
            },
            [&] {
                pthread_rwlock_wrlock(&lock);
                value = 1;
                pthread_rwlock_unlock(&lock);
            });
        pthread_rwlock_destroy(&lock);
        return was_steady;
    }
};

struct TrySharedLock {
    std::shared_mutex mutex;
    int value = 0;
    std::string run() {
        int seen = -1;
        bool wrote = false;
        together(
            [&] {
                std::shared_lock lock(mutex, std::try_to_lock);
                if (lock) seen = value;
            },
            [&] {
                std::unique_lock lock(mutex, std::try_to_lock);
                if ((wrote = lock.owns_lock())) value = 1;
            });
        return words(seen, wrote);
    }
};

struct TwoPhilosophers {
    std::mutex forks[2];
    int meals = 0;
    int run() {
        const auto philosopher = [&] {
            std::lock_guard left(forks[0]);
            std::lock_guard right(forks[1]);
            ++meals;
        };
        together(philosopher, philosopher);
        return meals;
    }
};

// std::lock takes both, in whatever order the caller names them: it tries, and backs off.
struct ScopedLock {
    std::mutex forks[2];
    int meals = 0;
    int run() {
        together(
            [&] {
                std::scoped_lock both(forks[0], forks[1]);
                ++meals;
            },
            [&] {
                std::scoped_lock both(forks[1], forks[0]);
                ++meals;
            });
        return meals;
    }
};

struct Peterson {
    std::atomic<int> wants[2] = {0, 0};
    std::atomic<int> turn = 0;
    int count = 0;
    int run() {
        const auto enter = [&](int me) {
            wants[me] = 1;
            turn = 1 - me;
            while (wants[1 - me] == 1 && turn == 1 - me) std::this_thread::yield();
            ++count;
            wants[me] = 0;
        };
        together([&] { enter(0); }, [&] { enter(1); });
        return count;
    }
};

struct SpinLock {
    std::atomic_flag taken;
    int count = 0;
    int run(racepair::Team& team) {
        team.run([&] {
            while (taken.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
            ++count;
            taken.clear(std::memory_order_release);
        });
        return count;
    }
};

struct BusySpinLock {
    std::atomic<bool> taken = false;
    int count = 0;
    int run(racepair::Team& team) {
        team.run([&] {
            while (taken.exchange(true, std::memory_order_acquire)) {
            }
            ++count;
            taken.store(false, std::memory_order_release);
        });
        return count;
    }
};

struct TicketLock {
    std::atomic<int> next = 0, serving = 0;
    int order = 0;
    int run(racepair::Team& team) {
        team.run([&](int index) {
            const int mine = next.fetch_add(1, std::memory_order_relaxed);
            while (serving.load(std::memory_order_acquire) != mine) std::this_thread::yield();
            order = order * 10 + index + 1;
            serving.store(mine + 1, std::memory_order_release);
        });
        return order;
    }
};

struct CompareExchange {
    std::atomic<int> count = 0;
    int run(racepair::Team& team) {
        team.run([&] {
            int old = count.load();
            while (!count.compare_exchange_weak(old, old + 1)) {
            }
        });
        return count;
    }
};

}  // namespace explored_locks

using namespace explored_locks;

RACEPAIR_CASE("kernels.locks")
    .needs_company()
    .scenario(explored::drive)
    .fixed<Mutex>("mutex")
    .fixed<MutexOrder>("mutex_order")
    .fixed<TwoMutexes>("two_mutexes")
    .fixed<TryLock>("try_lock")
    .fixed<TryThenLock>("try_then_lock")
    .fixed<TimedLock>("timed_lock")
    .fixed<Recursive>("recursive")
    .fixed<ReadersWriter>("readers_writer")
    .fixed<TwoReaders>("two_readers")
    .fixed<SharedTwice<PTHREAD_RWLOCK_PREFER_READER_NP>>("shared_twice")
    .fixed<SharedTwice<PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP>>("shared_twice_by_writers")
    .fixed<TrySharedLock>("try_shared_lock")
    .fixed<TwoPhilosophers>("two_philosophers")
    .fixed<ScopedLock>("scoped_lock")
    .fixed<Peterson>("peterson")
    .fixed<SpinLock>("spin_lock")
    .fixed<BusySpinLock>("busy_spin_lock")
    .fixed<TicketLock>("ticket_lock")
    .fixed<CompareExchange>("compare_exchange");
