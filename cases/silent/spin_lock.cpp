// spin_lock: a lock made of one atomic flag. To be a lock it needs two things:
// that looking and taking are one step, and that whoever takes it sees all that
// was done by those who had it before [atomics.order]/2.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"

namespace spin_lock {

using std::memory_order_acquire, std::memory_order_release;
using std::memory_order_relaxed;
using std::this_thread::yield;

struct Racy {
    std::atomic<bool> taken = false;
    // one at a time, and in no order
    void lock() {
        while (taken.exchange(true, memory_order_relaxed)) yield();
    }
    void unlock() { taken.store(false, memory_order_relaxed); }
};

struct Fixed {
    std::atomic<bool> taken = false;
    // one at a time, and each hands over to the next
    void lock() {
        while (taken.exchange(true, memory_order_acquire)) yield();
    }
    void unlock() { taken.store(false, memory_order_release); }
};

struct ReleaseOnly {
    std::atomic<bool> taken = false;
    // hands over, and nobody takes it
    void lock() {
        while (taken.exchange(true, memory_order_relaxed)) yield();
    }
    void unlock() { taken.store(false, memory_order_release); }
};

constexpr auto count_under_lock = [](auto& lock, auto& team) {
    long count = 0;
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) {
            lock.lock();
            ++count;
            lock.unlock();
        }
    });
    return count;
};

}  // namespace spin_lock

using namespace spin_lock;

RACEPAIR_CASE("silent.spin_lock")
    .lesson("A lock is a step that only one can take, with acquire; and its end, with release.")
    .exercise("Which orders does std::mutex give you for nothing, and what does spinning cost?")
    .scope({.threads = 4, .rounds = 20})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(count_under_lock)
    .racy<Racy>()
    .blind("plain", racepair::When::always,
           "on x86 an exchange is a full barrier, and stores keep their order")
    .wrong_fix<ReleaseOnly>("release_only", racepair::Defect::data_race)
    .blind("plain", racepair::When::always,
           "on x86 an exchange is a full barrier, and stores keep their order")
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
