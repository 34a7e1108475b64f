// honest_flag: a data race whose outcome is right in every schedule, so that only a report can show
// it.

#include <atomic>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace honest_flag {

struct Racy {
    bool raised = false;
    void raise() { raised = true; }
};

struct Fixed {
    std::atomic<bool> raised = false;
    void raise() { raised = true; }
};

constexpr auto raise_together = [](auto& flag, auto& team) {
    racepair::Order order;
    team.run([&] {
        order.arrive();
        order.await(team.threads());
        flag.raise();
    });
    return static_cast<bool>(flag.raised);
};

}  // namespace honest_flag

using namespace honest_flag;

RACEPAIR_CASE("honest.flag")
    .lesson("A race need not show in what comes out.")
    .expects(true)
    .scenario(raise_together)
    .blind("plain", racepair::When::always, "each of the threads writes the same")
    .racy<Racy>()
    .fixed<Fixed>();
