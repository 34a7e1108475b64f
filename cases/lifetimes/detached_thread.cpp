// detached_thread: a service starts a thread that works on its data, and ends.
// detach does not end a thread; it gives up the only means of waiting for its end
// [thread.thread.member]. From then on nothing orders the two.

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace detached_thread {

using namespace std::chrono_literals;

struct Racy {
    std::unique_ptr<int> data = std::make_unique<int>(42);
    std::jthread worker;
    void start(auto work) {
        worker = std::jthread([=, &value = *data] { work(value); });
        worker.detach();  // whoever it was
    }
    void end() { data.reset(); }
};

struct Fixed {
    std::unique_ptr<int> data = std::make_unique<int>(42);
    std::jthread worker;
    void start(auto work) {
        worker = std::jthread([=, &value = *data] { work(value); });
    }
    void end() {
        worker.join();  // whatever it did comes before this
        data.reset();
    }
};

struct Sleeps {
    std::unique_ptr<int> data = std::make_unique<int>(42);
    std::jthread worker;
    void start(auto work) {
        worker = std::jthread([=, &value = *data] { work(value); });
        worker.detach();
    }
    void end() {
        std::this_thread::sleep_for(1ms);  // long enough on this machine, today
        data.reset();
    }
};

struct RequestsStop {
    std::unique_ptr<int> data = std::make_unique<int>(42);
    std::jthread worker;
    void start(auto work) {
        worker = std::jthread([=, &value = *data] { work(value); });
    }
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
    .exercise("Who joins in Fixed if end() is never called, and in which order do members go?")
    .expects(42)
    .scenario(end_after_the_work)
    .racy<Racy>("racy", racepair::Defect::lifetime)
    .wrong_fix<Sleeps>("sleeps", racepair::Defect::lifetime)
    .wrong_fix<RequestsStop>("requests_stop", racepair::Defect::lifetime)
    .fixed<Fixed>();
