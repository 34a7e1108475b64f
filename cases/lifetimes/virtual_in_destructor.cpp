// virtual_in_destructor: a task works on its own thread and waits for it in the
// destructor of the base class. By then the derived part is gone, and a virtual
// call goes to the base [class.cdtor]. The destructor writes where it goes; the
// thread reads it.

#include <atomic>
#include <memory>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace virtual_in_destructor {

struct Task {
    std::thread worker;
    std::atomic<bool> stopped = false;
    virtual int result() { return 0; }
    virtual ~Task() {
        if (worker.joinable()) worker.join();
    }
};

struct Racy {
    struct Job : Task {
        int result() override { return 42; }
        ~Job() override {}  // the base waits: too late
    };
};

struct Fixed {
    struct Job : Task {
        int result() override { return 42; }
        ~Job() override { worker.join(); }  // waits while it is still a Job
    };
};

struct StopsOnly {
    struct Job : Task {
        int result() override { return 42; }
        ~Job() override { stopped = true; }  // asks, and does not wait
    };
};

constexpr auto end_after_a_call = []<class Variant>(Variant&) {
    int seen = 0;
    racepair::Order order;  // orders, and synchronises nothing
    std::unique_ptr<Task> task = std::make_unique<typename Variant::Job>();
    task->worker = std::thread([&seen, &order, &job = *task] {
        if (!job.stopped) seen = job.result();
        order.arrive();
    });
    order.await(1);  // lucky: the call comes first
    task.reset();
    return seen;
};

}  // namespace virtual_in_destructor

using namespace virtual_in_destructor;

RACEPAIR_CASE("lifetimes.virtual_in_destructor")
    .lesson("Stop your threads before the destructor of the class that they work for ends.")
    .exercise("Leave out the Order and call result() a million times: which numbers can be seen?")
    .source("ThreadSanitizer, \"data race on vptr\"")
    .expects(42)
    .scenario(end_after_a_call)
    .racy<Racy>("racy", racepair::Defect::lifetime)
    .wrong_fix<StopsOnly>("stops_only", racepair::Defect::lifetime)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
