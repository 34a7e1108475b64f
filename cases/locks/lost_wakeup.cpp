// lost_wakeup: one thread waits to be told, another one tells it. A condition
// variable forgets: who is told before it waits is not told at all, and sleeps.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace lost_wakeup {

struct Racy {
    std::mutex mutex;
    std::condition_variable told;
    std::atomic<bool> ready = false;
    void wait() {
        if (ready) return;
        // told right here: nobody is waiting yet
        std::unique_lock lock(mutex);
        told.wait(lock);
    }
    void tell() {
        ready = true;
        told.notify_one();
    }
};

struct Fixed {
    std::mutex mutex;
    std::condition_variable told;
    std::atomic<bool> ready = false;
    void wait() {
        // looks and goes to sleep in one step, as far as the lock is concerned
        std::unique_lock lock(mutex);
        while (!ready) told.wait(lock);
    }
    void tell() {
        std::lock_guard lock(mutex);
        ready = true;
        told.notify_one();
    }
};

struct TellsUnderLock {
    std::mutex mutex;
    std::condition_variable told;
    std::atomic<bool> ready = false;
    void wait() {
        if (ready) return;  // looked before it had the lock
        std::unique_lock lock(mutex);
        told.wait(lock);
    }
    void tell() {
        std::lock_guard lock(mutex);
        ready = true;
        told.notify_one();
    }
};

struct WaitsInLoop {
    std::mutex mutex;
    std::condition_variable told;
    std::atomic<bool> ready = false;
    void wait() {
        std::unique_lock lock(mutex);
        while (!ready) told.wait(lock);  // between the look and the sleep …
    }
    void tell() {
        ready = true;  // … this needs no lock, so it fits in
        told.notify_one();
    }
};

constexpr auto wait_to_be_told = [](auto& news) {
    std::thread waiter([&] { news.wait(); });
    news.tell();
    waiter.join();
    return "told";
};

}  // namespace lost_wakeup

using namespace lost_wakeup;

RACEPAIR_CASE("locks.lost_wakeup")
    .lesson(
        "A notification is not kept: look and wait under the lock under which the flag is "
        "changed.")
    .exercise(
        "Which lock is held when ready is looked at, and which when it is changed? Replay the "
        "schedule of WaitsInLoop.")
    .may_hang("whoever missed the notification waits for ever")
    .expects("told")
    .scenario(wait_to_be_told)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<TellsUnderLock>("tells_under_lock", racepair::Defect::race_condition)
    .wrong_fix<WaitsInLoop>("waits_in_loop", racepair::Defect::race_condition)
    .fixed<Fixed>();
