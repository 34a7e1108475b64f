// cockroach_9337_wait_group: a wait group counts what is outstanding. Here a
// task is started and counted afterwards; it may be done by then, and the group
// counts less than nothing, for which Go ends the program.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace cockroach_9337_wait_group {

class WaitGroup {
   public:
    bool was_negative = false;
    void add(int more) {
        std::lock_guard lock(mutex_);
        outstanding_ += more;
        was_negative |= outstanding_ < 0;
        changed_.notify_all();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return outstanding_ == 0; });
    }

   private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int outstanding_ = 0;
};

struct Racy {
    WaitGroup group;
    std::atomic<int> checked = 0;
    std::thread start() {
        std::thread task([this] { ++checked, group.add(-1); });
        std::this_thread::yield();
        group.add(1);  // the task may be done
        return task;
    }
};

struct Fixed {
    WaitGroup group;
    std::atomic<int> checked = 0;
    std::thread start() {
        group.add(1);  // before there is a task
        std::thread task([this] { ++checked, group.add(-1); });
        return task;
    }
};

struct AddsInside {
    WaitGroup group;
    std::atomic<int> checked = 0;
    std::thread start() {
        std::thread task([this] {
            group.add(1);  // who waits may have looked before
            ++checked, group.add(-1);
        });
        return task;
    }
};

constexpr auto check_and_wait = [](auto& checker, auto& team) {
    int early = 0;
    for (int i = 1; i <= team.rounds(); ++i) {
        std::thread task = checker.start();
        checker.group.wait();
        early += checker.checked < i;
        task.join();
    }
    if (checker.group.was_negative) return "negative";
    return early > 0 ? "too early" : "waited";
};

}  // namespace cockroach_9337_wait_group

using namespace cockroach_9337_wait_group;

RACEPAIR_CASE("real.cockroach_9337_wait_group")
    .lesson(
        "Count the work before you give it away: afterwards it may be done, and inside too "
        "late.")
    .exercise(
        "std::latch takes its count when it is made. Why can neither mistake be made with "
        "it, and which other one can?")
    .source("cockroach #9337 (2016), CheckConsistency; Uber's study of data races in Go, 2022")
    .scope({.threads = 2, .rounds = 30})
    .explore_scope({.threads = 2, .rounds = 1})
    .needs_company([](auto& checker) {
        checker.start().join();
        checker.group.wait();
        return checker.checked == 1;
    })
    .expects("waited")
    .scenario(check_and_wait)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<AddsInside>("adds_inside", racepair::Defect::race_condition)
    .fixed<Fixed>();
