// captured_local: a function starts a thread, gives it a reference to a local
// variable, and returns. The variable ends with its block [basic.stc.auto], but
// nothing is freed that a race detector could watch: what it sees is the race
// with the next call, which puts its own variable in the same place.

#include <array>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace captured_local {

struct Racy {
    std::thread start(int number, auto work, auto other_work) {
        int mine = number;
        std::thread worker([&mine, work] { work(mine); });  // outlives mine
        other_work();
        return worker;
    }
};

struct Fixed {
    std::thread start(int number, auto work, auto other_work) {
        int mine = number;
        std::thread worker([mine, work] { work(mine); });  // has a copy
        other_work();
        return worker;
    }
};

struct Volatile {
    std::thread start(int number, auto work, auto other_work) {
        volatile int mine = number;  // really there, and gone as soon
        std::thread worker([&mine, work] { work(mine); });
        other_work();
        return worker;
    }
};

constexpr auto start_two = [](auto& starter) {
    std::array<int, 2> seen = {};
    racepair::Order order;    // orders, and synchronises nothing
    std::thread caller([&] {  // its stack is new to a detector
        std::array<std::thread, 2> workers;
        for (int i = 0; i < 2; ++i)
            workers[i] = starter.start(
                21, [&, i](int number) { seen[i] = number, order.arrive(); },
                [&] { order.await(i + 1); });  // lucky: read before it is gone
        for (auto& worker : workers) worker.join();
    });
    caller.join();
    return seen[0] + seen[1];
};

}  // namespace captured_local

using namespace captured_local;

RACEPAIR_CASE("lifetimes.captured_local")
    .lesson("A thread that may outlive a function takes copies of its locals, not references.")
    .exercise("Take the second call away: who still sees that something is wrong?")
    .expects(42)
    .scenario(start_two)
    .blind("drd", racepair::When::always,
           "it forgets what was on a stack when the function returns")
    .racy<Racy>("racy", racepair::Defect::lifetime)
    .wrong_fix<Volatile>("volatile", racepair::Defect::lifetime)
    .fixed<Fixed>();
