// apache_45605_idlers: a worker that becomes idle counts itself and then wakes
// the listener. If the listener takes it in between, and waits for the next
// one, the late signal wakes it for nobody: it takes a worker that does not
// exist.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace apache_45605_idlers {

struct Racy {
    std::mutex mutex;
    std::condition_variable is_idle;
    std::atomic<int> idlers = 0;
    void set_idle() {
        if (idlers++ > 0) return;
        std::this_thread::yield();  // counted, and not yet told
        std::lock_guard lock(mutex);
        is_idle.notify_one();
    }
    int wait_for_idler() {
        std::unique_lock lock(mutex);
        if (idlers == 0) is_idle.wait(lock);  // woken: believes it
        return --idlers;
    }
};

struct Fixed {
    std::mutex mutex;
    std::condition_variable is_idle;
    std::atomic<int> idlers = 0;
    void set_idle() {
        if (idlers++ > 0) return;
        std::this_thread::yield();
        std::lock_guard lock(mutex);
        is_idle.notify_one();
    }
    int wait_for_idler() {
        std::unique_lock lock(mutex);
        while (idlers == 0) is_idle.wait(lock);  // woken: looks
        return --idlers;
    }
};

// One listens, all others work; the listener stops when there are fewer than
// none.
constexpr auto serve = [](auto& queue, auto& team) {
    std::atomic<bool> is_short = false;
    team.run([&](int index) {
        const int workers = team.threads() - 1, rounds = team.rounds();
        for (int i = 0; index > 0 && i < rounds; ++i) {
            queue.set_idle();
            while (queue.idlers > 0 && !is_short) std::this_thread::yield();  // until it is taken
        }
        for (int i = 0; index == 0 && !is_short && i < workers * rounds; ++i)
            is_short = queue.wait_for_idler() < 0;
    });
    return is_short ? "fewer than none" : "served";
};

}  // namespace apache_45605_idlers

using namespace apache_45605_idlers;

RACEPAIR_CASE("real.apache_45605_idlers")
    .lesson("A signal may come late and mean something that is over: look again when woken.")
    .exercise("There is only one listener, so nobody steals. Where does the wake-up come from?")
    .source("Apache httpd bug 45605 (2008), ap_queue_info_wait_for_idler")
    .scope({.threads = 2, .rounds = 200})
    .explore_scope({.threads = 3, .rounds = 1})
    .needs_company([](auto& queue) {
        queue.set_idle();
        return queue.wait_for_idler() == 0;
    })
    .expects("served")
    .scenario(serve)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .fixed<Fixed>();
