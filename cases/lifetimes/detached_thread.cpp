// detached_thread: a service starts a thread that works on its data, and ends.
// detach does not end a thread; it gives up the only means to wait for its end
// [thread.thread.member]. From then on nothing orders the two.

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace detached_thread {

using namespace std::chrono_literals;

struct Service {
    std::unique_ptr<int> data = std::make_unique<int>(42);
    std::jthread worker;
    void start(auto work) {
        worker = std::jthread([work, &value = *data] { work(value); });
    }
};

struct Racy : Service {
    void end() {
        worker.detach();  // whatever it still does
        data.reset();
    }
};

struct Fixed : Service {
    void end() {
        worker.join();  // all that it did comes before this
        data.reset();
    }
};

struct Sleeps : Service {
    void end() {
        worker.detach();
        std::this_thread::sleep_for(1ms);  // enough on this machine, today
        data.reset();
    }
};

struct RequestsStop : Service {
    void end() {
        worker.request_stop();  // asks, and does not wait
        data.reset();
    }
};

constexpr auto end_after_the_work = [](auto& service) {
    std::atomic<int> seen = 0;
    racepair::Order order;  // orders, and synchronises nothing
    service.start([&](int& value) {
        seen.store(value, std::memory_order_relaxed);
        order.arrive();
    });
    order.await(1);  // lucky: the work comes before the end
    service.end();
    return seen.load();
};

}  // namespace detached_thread

using namespace detached_thread;

RACEPAIR_CASE("lifetimes.detached_thread")
    .lesson("Whoever starts a thread on its data has to wait for it: detach gives that up.")
    .exercise("If end() is never called, who waits for the worker? Mind the order of the members.")
    .expects(42)
    .scenario(end_after_the_work)
    .racy<Racy>("racy", racepair::Defect::lifetime)
    .wrong_fix<Sleeps>("sleeps", racepair::Defect::lifetime)
    .wrong_fix<RequestsStop>("requests_stop", racepair::Defect::lifetime)
    .fixed<Fixed>();
