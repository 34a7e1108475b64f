// timer_stop: a timer fires while somebody stops it. stop() says whether it
// came in time; if it says so, the callback must not run any more. Two flags
// let both sides believe that they were first.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"

namespace timer_stop {

struct Racy {
    bool stopped = false, fired = false;
    void fire(auto callback) {
        if (stopped) return;
        std::this_thread::yield();
        fired = true;  // stopped by now, perhaps
        callback();
    }
    bool stop() {
        stopped = true;
        return !fired;
    }
};

struct AtomicFlags {
    std::atomic<bool> stopped = false, fired = false;
    void fire(auto callback) {
        if (stopped) return;
        std::this_thread::yield();
        fired = true;  // the same gap, without a data race
        callback();
    }
    bool stop() {
        stopped = true;
        return !fired;
    }
};

struct Fixed {
    std::atomic<bool> decided = false;
    void fire(auto callback) {
        std::this_thread::yield();
        if (!decided.exchange(true)) callback();  // one of the two is first
    }
    bool stop() { return !decided.exchange(true); }
};

constexpr auto stop_while_it_fires = [](auto& timer, auto& team) {
    bool rang = false, in_time = false;
    team.run([&](int member) {
        if (member == 1) return timer.fire([&] { rang = true; });
        std::this_thread::yield();
        in_time = timer.stop();
    });
    if (rang == in_time) return rang ? "stopped, and rang" : "neither";
    return "one of the two";
};

}  // namespace timer_stop

using namespace timer_stop;

RACEPAIR_CASE("tasks.timer_stop")
    .lesson("Who was first is one question: ask it in one atomic step.")
    .exercise(
        "stop() returned false: may the caller now destroy what the callback "
        "uses? What would it have to wait for?")
    .roles(2)
    .expects("one of the two")
    .scenario(stop_while_it_fires)
    .racy<Racy>()
    .wrong_fix<AtomicFlags>("atomic_flags", racepair::Defect::race_condition)
    .fixed<Fixed>();
