// timeout: somebody waits for a result, but not for ever. When the time is up
// the worker is still at it: what it is going to write must not be read.

#include <atomic>
#include <chrono>

#include "channel.hpp"
#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace timeout {

using std::chrono::nanoseconds;
constexpr int nothing = -1;

struct Racy {
    int result = 0;
    channels::channel<bool> done{1};
    void work() { result = 42, done.send(true); }
    int await(nanoseconds patience) {
        done.receive_for(patience);
        return result;  // did it come, or was the time up?
    }
};

struct Fixed {
    channels::channel<int> done{1};
    void work() { done.send(42); }
    int await(nanoseconds patience) {
        // the result comes with the message, or nothing comes
        return done.receive_for(patience).value_or(nothing);
    }
};

struct Atomic {
    std::atomic<int> result = 0;
    channels::channel<bool> done{1};
    void work() { result = 42, done.send(true); }
    int await(nanoseconds patience) {
        done.receive_for(patience);
        return result;  // no data race: just not a result
    }
};

struct LooksAgain {
    int result = 0;
    channels::channel<bool> done{1};
    void work() { result = 42, done.send(true); }
    int await(nanoseconds patience) {
        if (done.receive_for(patience)) return result;
        return result == 0 ? nothing : result;  // a look is a read
    }
};

// The worker starts when nobody waits any more.
constexpr auto work_late = [](auto& worker, auto& team) {
    racepair::Order order;
    int seen = 0;
    team.run([&](int me) {
        if (me == 0) {
            order.await(1);
            worker.work();
        } else {
            seen = worker.await(nanoseconds(1));
            order.arrive();
        }
    });
    return seen;
};

constexpr auto alone = [](auto& worker) {
    worker.work();
    return worker.await(std::chrono::hours(1)) == 42;
};

}  // namespace timeout

using namespace timeout;

RACEPAIR_CASE("channels.timeout")
    .lesson("A wait that timed out has brought nothing: what was waited for is still the worker's.")
    .exercise("Racy ignores what receive_for() returns. Is LooksAgain, which heeds it, any better?")
    .expects(42, nothing)
    .scenario(work_late)
    .roles(2)
    .needs_company(alone)
    .racy<Racy>()
    .wrong_fix<Atomic>("atomic", racepair::Defect::race_condition)
    .wrong_fix<LooksAgain>("looks_again", racepair::Defect::data_race)
    .blind("plain", racepair::When::always, "what it sees is there or not")
    .fixed<Fixed>();
