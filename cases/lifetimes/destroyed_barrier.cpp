// destroyed_barrier: a worker and its owner meet at a barrier, and the owner
// throws it away. Whoever is through knows that all have arrived, not that all
// have left: who was woken up has yet to lock, to look, and to unlock.

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace destroyed_barrier {

using namespace std::chrono_literals;

struct Barrier {
    std::mutex mutex;
    std::condition_variable all_here;
    int missing = 2;
    void arrive_and_wait(auto on_arrival) {
        std::unique_lock lock(mutex);
        --missing, on_arrival();
        if (missing == 0) all_here.notify_all();
        all_here.wait(lock, [&] { return missing == 0; });
    }
};

struct Racy {
    std::unique_ptr<Barrier> line = std::make_unique<Barrier>();
    void end(std::thread& worker) {
        line.reset();  // the worker may still be in there
        worker.join();
    }
};

struct Fixed {
    std::unique_ptr<Barrier> line = std::make_unique<Barrier>();
    void end(std::thread& worker) {
        worker.join();  // has left for good
        line.reset();
    }
};

struct Sleeps {
    std::unique_ptr<Barrier> line = std::make_unique<Barrier>();
    void end(std::thread& worker) {
        std::this_thread::sleep_for(1ms);  // time enough to leave, mostly
        line.reset();
        worker.join();
    }
};

constexpr auto meet_and_part = [](auto& team) {
    racepair::Order order;  // orders, and synchronises nothing
    std::thread worker([&] {
        team.line->arrive_and_wait([&] { order.arrive(); });
        order.arrive();
    });
    order.await(1);  // the owner is the last to come, and the first to leave
    team.line->arrive_and_wait([] {});
    order.await(2);  // lucky: the worker has left before it is gone
    team.end(worker);
    return "parted";
};

}  // namespace destroyed_barrier

using namespace destroyed_barrier;

RACEPAIR_CASE("lifetimes.destroyed_barrier")
    .lesson(
        "Who is through a barrier knows that all have come, not that all have left: join first.")
    .exercise("Use a std::barrier: where does the report say that the worker still is?")
    .expects("parted")
    .scenario(meet_and_part)
    .blind("drd", racepair::When::always, "to it, to free memory is no access to it")
    .racy<Racy>("racy", racepair::Defect::lifetime)
    .wrong_fix<Sleeps>("sleeps", racepair::Defect::lifetime)
    .fixed<Fixed>();
