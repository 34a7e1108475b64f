// destroyed_mutex: a job says that it is done, and its owner throws it away. A
// mutex that somebody holds must not be destroyed [thread.mutex.class], and
// whoever says "done" under a lock still holds it.

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace destroyed_mutex {

using namespace std::chrono_literals;

struct Racy {
    std::mutex mutex;
    std::atomic<bool> done = false;
    void finish() {
        std::lock_guard lock(mutex);
        done = true;
    }  // unlocks a mutex that may be gone
    void wait() {
        while (!done) std::this_thread::yield();
    }
};

struct Fixed {
    std::mutex mutex;
    std::atomic<bool> done = false;
    void finish() {
        std::lock_guard lock(mutex);
        done = true;
    }
    void wait() {
        while (!done) std::this_thread::yield();
        std::lock_guard lock(mutex);  // had it: now it is free for good
    }
};

struct Sleeps {
    std::mutex mutex;
    std::atomic<bool> done = false;
    void finish() {
        std::lock_guard lock(mutex);
        done = true;
    }
    void wait() {
        while (!done) std::this_thread::yield();
        std::this_thread::sleep_for(1ms);  // an unlock takes much less, mostly
    }
};

constexpr auto throw_away_when_done = []<class Job>(Job&) {
    auto job = std::make_unique<Job>();
    racepair::Order order;  // orders, and synchronises nothing
    std::thread worker([&order, &mine = *job] {
        mine.finish();
        order.arrive();
    });
    job->wait();
    order.await(1);  // lucky: unlocked before it is gone
    job.reset();
    worker.join();
    return "done";
};

}  // namespace destroyed_mutex

using namespace destroyed_mutex;

RACEPAIR_CASE("lifetimes.destroyed_mutex")
    .lesson("The last thing that a critical section does is to unlock: that, too, needs the mutex.")
    .exercise("Name the steps of finish() after done = true: which one is the last to use *this?")
    .expects("done")
    .scenario(throw_away_when_done)
    .blind("drd", racepair::When::always, "to it, an unlock is no access to the mutex")
    .racy<Racy>("racy", racepair::Defect::lifetime)
    .wrong_fix<Sleeps>("sleeps", racepair::Defect::lifetime)
    .fixed<Fixed>()
    .false_alarm("helgrind", racepair::When::always,
                 "to it, an unlock is not over when the next one has the lock");
