// check_then_act: tickets are sold until none is left. Looking whether there is
// one and taking it are two steps, and two buyers can see the same last ticket.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"

namespace check_then_act {

struct Racy {
    std::atomic<int> left = 1;
    bool buy() {
        if (left == 0) return false;
        std::this_thread::yield();  // the buyer thinks it over
        --left;                     // is it still there?
        return true;
    }
};

struct Fixed {
    std::atomic<int> left = 1;
    bool buy() {
        int seen = left;
        std::this_thread::yield();
        // takes it only if it is as it was seen
        while (seen > 0)
            if (left.compare_exchange_weak(seen, seen - 1)) return true;
        return false;
    }
};

struct Exchange {
    std::atomic<int> left = 1;
    bool buy() {
        if (left == 0) return false;
        std::this_thread::yield();
        return left.exchange(0) >= 0;  // one step, and a look that is always true
    }
};

constexpr auto sell_the_last = [](auto& tickets, auto& team) {
    std::atomic<int> sold = 0;
    team.run([&] {
        if (tickets.buy()) ++sold;
    });
    return sold.load();
};

}  // namespace check_then_act

using namespace check_then_act;

RACEPAIR_CASE("counters.check_then_act")
    .lesson("Two atomic steps are not one: what was checked may be gone when it is acted upon.")
    .exercise("Every access is atomic. Find the two steps that should be one, and make them one.")
    .scope({.threads = 8, .rounds = 1})
    .expects(1)
    .scenario(sell_the_last)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<Exchange>("exchange", racepair::Defect::race_condition)
    .fixed<Fixed>();
