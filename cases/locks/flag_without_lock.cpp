// flag_without_lock: who waits reads the flag under the lock, who tells writes
// it without. A condition variable protects nothing; the flag is a variable
// like any other, and these two accesses are a data race, [intro.races]/21.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace flag_without_lock {

struct News {
    std::mutex mutex;
    std::condition_variable told;
    bool ready = false;
    bool look() {
        std::lock_guard lock(mutex);
        return ready;
    }
    void wait() {
        std::unique_lock lock(mutex);
        while (!ready) told.wait(lock);
    }
};

struct Racy : News {
    void tell() {
        ready = true;  // without the lock
        told.notify_one();
    }
};

struct Fixed : News {
    void tell() {
        std::lock_guard lock(mutex);  // the same lock, for the flag
        ready = true;
        told.notify_one();
    }
};

struct NotifiesUnderLock : News {
    void tell() {
        ready = true;  // the notification needs no lock: this does
        std::lock_guard lock(mutex);
        told.notify_one();
    }
};

// The waiter looks first, so that it reads before the flag is written, and
// waits only afterwards, so that no notification is lost.
constexpr auto look_tell_wait = [](auto& news) {
    racepair::Order order;
    bool early = true;
    std::thread waiter([&] {
        early = news.look(), order.arrive();
        order.await(2), news.wait();
    });
    order.await(1), news.tell(), order.arrive();
    waiter.join();
    return early ? "too early" : "told";
};

}  // namespace flag_without_lock

using namespace flag_without_lock;

RACEPAIR_CASE("locks.flag_without_lock")
    .lesson("The lock of a condition variable is for its condition: write it under the same lock.")
    .exercise(
        "Make the flag atomic instead: which report goes, and which defect of "
        "locks.lost_wakeup stays?")
    .expects("told")
    .scenario(look_tell_wait)
    .blind("plain", racepair::When::always, "a flag of one byte arrives whole, if late")
    .racy<Racy>()
    .wrong_fix<NotifiesUnderLock>("notifies_under_lock", racepair::Defect::data_race)
    .fixed<Fixed>();
