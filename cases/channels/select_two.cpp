// select_two: a worker has two channels to look at, one with jobs and one that
// says stop. It looks at one after the other, and what comes into the first
// while it looks at the second is left behind.

#include <thread>

#include "channel.hpp"
#include "racepair/case.hpp"

namespace select_two {

struct Racy {
    channels::channel<int> jobs{100};
    channels::channel<bool> stop{1};
    int work() {
        for (int done = 0;;) {
            if (jobs.try_receive()) {
                ++done;
                continue;
            }
            std::this_thread::yield();  // the last job comes, and the stop
            if (stop.try_receive()) return done;
        }
    }
};

struct Fixed {
    channels::channel<int> jobs{100};
    channels::channel<bool> stop{1};
    int work() {
        for (int done = 0;; ++done)
            // stays in line at the one while it asks the other
            if (channels::select(jobs, stop).index() == 1) return done;
    }
};

struct StopFirst {
    channels::channel<int> jobs{100};
    channels::channel<bool> stop{1};
    int work() {
        for (int done = 0;; ++done)
            // of two that are ready, the first one goes first
            if (channels::select(stop, jobs).index() == 0) return done;
    }
};

constexpr auto send_jobs_and_stop = [](auto& worker, auto& team) {
    int done = 0;
    team.run([&](int me) {
        if (me == 1) {
            done = worker.work();
            return;
        }
        for (int job = 0; job < team.rounds(); ++job) worker.jobs.send(job);
        worker.stop.send(true);
    });
    return done;
};

constexpr auto alone = [](auto& worker) {
    worker.stop.send(true);
    return worker.work() == 0;
};

}  // namespace select_two

using namespace select_two;

RACEPAIR_CASE("channels.select_two")
    .lesson("Two looks are two moments: wait for both channels at once, and mind which is first.")
    .exercise("Why may the worker of Fixed stop when it sees the stop? Who sends what first?")
    .roles(2)
    .scope({.threads = 2, .rounds = 3})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](racepair::Scope scope) { return scope.rounds; })
    .scenario(send_jobs_and_stop)
    .needs_company(alone)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<StopFirst>("stop_first", racepair::Defect::race_condition)
    .fixed<Fixed>();
