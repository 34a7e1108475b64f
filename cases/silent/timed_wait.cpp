// timed_wait: wait_for gives up after a while, and the caller can look around.
// It needs its lock as every wait does [thread.condition.condvar]: what the
// predicate reads under the lock has to be written under it.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace timed_wait {

using namespace std::chrono_literals;

struct Racy {
    std::mutex mutex;
    std::condition_variable told;
    bool done = false;
    void finish() {
        done = true;  // while somebody may be looking at it
        told.notify_one();
    }
    void wait() {
        std::unique_lock lock(mutex);
        while (!told.wait_for(lock, 1ms, [&] { return done; })) continue;
    }
};

struct Fixed {
    std::mutex mutex;
    std::condition_variable told;
    bool done = false;
    void finish() {
        std::lock_guard lock(mutex);  // now nobody is
        done = true;
        told.notify_one();
    }
    void wait() {
        std::unique_lock lock(mutex);
        while (!told.wait_for(lock, 1ms, [&] { return done; })) continue;
    }
};

struct Polls {
    std::mutex mutex;
    std::condition_variable told;
    bool done = false;
    void finish() {
        std::lock_guard lock(mutex);
        done = true;
    }
    void wait() {
        while (!done) std::this_thread::sleep_for(1ms);  // without the lock
    }
};

constexpr auto wait_for_the_end = [](auto& job) {
    int result = 0;
    std::thread worker([&] {
        result = 42;
        job.finish();
    });
    job.wait();
    const int seen = result;
    worker.join();
    return seen;
};

}  // namespace timed_wait

using namespace timed_wait;

RACEPAIR_CASE("silent.timed_wait")
    .lesson("A wait with a time limit is a wait: what it looks at is written under its lock.")
    .exercise("Lose the notification in Racy: what does the time limit cure, and what not?")
    .source("google/sanitizers#1259")
    .expects(42)
    .scenario(wait_for_the_end)
    .blind("plain", racepair::When::always, "it looks again until it sees the flag")
    .racy<Racy>()
    .wrong_fix<Polls>("polls", racepair::Defect::data_race)
    .fixed<Fixed>();
