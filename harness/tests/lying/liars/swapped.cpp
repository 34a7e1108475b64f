// swapped: variants that are not what they are called.

#include <atomic>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace swapped {

struct Clean {
    std::atomic<int> visits = 0;
    void visit(racepair::Order&, int) { ++visits; }
};

struct Racing {
    int visits = 0;
    void visit(racepair::Order& order, int everyone) {
        const int seen = visits;
        order.arrive();
        order.await(everyone);
        visits = seen + 1;
    }
};

struct Empty {
    int visits = 0;
    void visit(racepair::Order&, int) {}
};

/// Racing as well, but nobody sees it by the outcome.
struct Flag {
    bool raised = false;
    void raise() { raised = true; }
};

/// Right 999 times in 1000, and never racing.
struct AlmostRight {
    std::atomic<int> visits = 0;
    void visit(racepair::Order&, int) {}
};

constexpr auto visit_together = [](auto& site, auto& team) {
    racepair::Order order;
    team.run([&] { site.visit(order, team.threads()); });
    return static_cast<int>(site.visits);
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

constexpr auto count_almost_right = [](auto&, auto&) {
    static int trial = 0;
    return ++trial == 700 ? 49'999 : 50'000;
};

constexpr auto everyone = [](racepair::Scope scope) { return scope.threads; };

}  // namespace swapped

using namespace swapped;

RACEPAIR_CASE("swapped.pair")
    .expects(everyone)
    .scenario(visit_together)
    .racy<Clean>()
    .fixed<Racing>();

RACEPAIR_CASE("swapped.empty")
    .expects(everyone)
    .scenario(visit_together)
    .racy<Empty>()
    .fixed<Empty>();

RACEPAIR_CASE("swapped.disabled")
    .expects(everyone)
    .scenario(visit_together)
    .fixed<Racing>("DISABLED_fixed");

RACEPAIR_CASE("swapped.empty_in_company")
    .needs_company([](auto& site) {
        racepair::Order order;
        site.visit(order, 1);
        return site.visits == 1;
    })
    .expects(everyone)
    .scenario(visit_together)
    .racy<Empty>()
    .wrong_fix<Racing>("racing", racepair::Defect::data_race);

RACEPAIR_CASE("swapped.flag").expects(true).scenario(raise_together).racy<Flag>().fixed<Flag>();

RACEPAIR_CASE("swapped.almost_right")
    .expects(50'000)
    .scenario(count_almost_right)
    .racy<AlmostRight>()
    .fixed<AlmostRight>();
