// alibi: racy variants that have no race of their own, and a report about something else.

#include <atomic>
#include <mutex>

#include "bystander.hpp"
#include "racepair/case.hpp"

namespace alibi {

struct RacesElsewhere {
    std::atomic<int> visits = 0;
    void visit(racepair::Order& order, int everyone) {
        lying::race_elsewhere(order, everyone);
        ++visits;
    }
};

struct MisusesMutex {
    std::atomic<int> visits = 0;
    std::mutex never_locked;
    void visit(racepair::Order&, int) {
        if (++visits == 1) never_locked.unlock();
    }
};

constexpr auto visit_together = [](auto& site, auto& team) {
    racepair::Order order;
    team.run([&] { site.visit(order, team.threads()); });
    return static_cast<int>(site.visits);
};

constexpr auto everyone = [](racepair::Scope scope) { return scope.threads; };

}  // namespace alibi

using namespace alibi;

RACEPAIR_CASE("alibi.race_elsewhere")
    .expects(everyone)
    .scenario(visit_together)
    .racy<RacesElsewhere>()
    .fixed<RacesElsewhere>();

RACEPAIR_CASE("alibi.wrong_kind")
    .expects(everyone)
    .scenario(visit_together)
    .racy<MisusesMutex>()
    .fixed<MisusesMutex>();
