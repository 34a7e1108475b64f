// synchronisation: a worker computes, and says when it is done. That the waiter
// has seen the flag does not order anything ([intro.races]): what the worker
// did before may be seen later, or not at all.

#include <thread>

#include "channel.hpp"
#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace synchronisation {

struct Racy {
    int result = 0;
    bool done = false;
    void work() {
        result = 42;
        done = true;  // written while the other one looks
    }
    int await() {
        while (!done) std::this_thread::yield();
        return result;
    }
};

struct Fixed {
    int result = 0;
    channels::channel<bool> done{1};
    void work() {
        result = 42;
        done.send(true);  // all before it happens before the receive
    }
    int await() {
        done.receive();
        return result;
    }
};

struct Volatile {
    int result = 0;
    volatile bool done = false;
    void work() {
        result = 42;
        done = true;  // not left out by the compiler, and that is all
    }
    int await() {
        while (!done) std::this_thread::yield();
        return result;
    }
};

// Both are there; the work is done before anybody looks.
constexpr auto work_and_await = [](auto& worker, auto& team) {
    racepair::Order order;
    int seen = 0;
    team.run([&](int me) {
        if (me == 0) {
            order.await(1);
            worker.work();
            order.arrive();
        } else {
            order.arrive();
            order.await(2);
            seen = worker.await();
        }
    });
    return seen;
};

constexpr auto alone = [](auto& worker) {
    worker.work();
    return worker.await() == 42;
};

}  // namespace synchronisation

using namespace synchronisation;

RACEPAIR_CASE("channels.synchronisation")
    .lesson("To see that something is done is not to be told: only the message orders the work.")
    .exercise("Find both places that race in Racy. Does volatile remove one of them?")
    .expects(42)
    .scenario(work_and_await)
    .roles(2)
    .needs_company(alone)
    .blind("plain", racepair::When::always, "this CPU keeps the order of the two writes")
    .racy<Racy>()
    .wrong_fix<Volatile>("volatile", racepair::Defect::data_race)
    .fixed<Fixed>();
