// wait_group: one thread waits until a group of workers is done. The group
// knows of a worker only what it has been told: if the worker itself tells
// that it begins, whoever waits before that finds nobody to wait for.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace wait_group {

struct Group {  // counts the work that is not done yet
    std::mutex mutex;
    std::condition_variable all_done;
    int left = 0;
    void add(int workers) {
        std::lock_guard lock(mutex);
        left += workers;
    }
    void done() {
        std::lock_guard lock(mutex);
        if (--left == 0) all_done.notify_all();
    }
    void wait() {
        std::unique_lock lock(mutex);
        while (left != 0) all_done.wait(lock);
    }
};

struct Racy : Group {
    void before_start(int) {}
    void work(auto job) {
        add(1);  // by now the wait may be over
        job();
        done();
    }
};

struct DoneFirst : Group {
    void before_start(int workers) { add(workers); }
    void work(auto job) {
        done();  // said before it is true
        job();
    }
};

struct Fixed : Group {
    void before_start(int workers) { add(workers); }  // nobody runs yet
    void work(auto job) {
        job();
        done();
    }
};

constexpr auto wait_for_all = [](auto& group, auto& team) {
    std::atomic<int> finished = 0;
    int seen = 0;
    group.before_start(team.threads() - 1);
    team.run([&](int member) {
        if (member != 0)
            return group.work([&] {
                std::this_thread::yield();
                ++finished;
            });
        group.wait();
        seen = finished;
    });
    return seen;
};

}  // namespace wait_group

using namespace wait_group;

RACEPAIR_CASE("tasks.wait_group")
    .lesson("Count the work before it is started, never from inside of it.")
    .exercise(
        "Find the schedule in which Racy waits for one worker of two. Why can "
        "a std::latch not be used in the racy way?")
    .source("misuse of Go's sync.WaitGroup: Add called inside the goroutine")
    .scope({.threads = 4, .rounds = 1})
    .explore_scope({.threads = 3, .rounds = 1})
    .expects([](racepair::Scope scope) { return scope.threads - 1; })
    .scenario(wait_for_all)
    .false_alarm("drd", racepair::When::always,
                 "it does not know a condition variable that nobody has waited on")
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<DoneFirst>("done_first", racepair::Defect::race_condition)
    .fixed<Fixed>()
    .false_alarm("drd", racepair::When::always,
                 "it does not know a condition variable that nobody has waited on");
