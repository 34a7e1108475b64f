// honest_pair: tells the truth, so that what is refused elsewhere is refused for its lie alone.

#include <atomic>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace honest_pair {

struct Racy {
    int visits = 0;
    void visit(racepair::Order& all_have_read, int everyone) {
        const int seen = visits;  // all of them read 0 …
        all_have_read.arrive();
        all_have_read.await(everyone);
        visits = seen + 1;  // … and all write 1
    }
};

struct Fixed {
    std::atomic<int> visits = 0;
    void visit(racepair::Order& all_are_here, int everyone) {
        all_are_here.arrive();
        all_are_here.await(everyone);
        visits.fetch_add(1);
    }
};

constexpr auto visit_together = [](auto& site, auto& team) {
    racepair::Order order;
    team.run([&] { site.visit(order, team.threads()); });
    return static_cast<int>(site.visits);
};

}  // namespace honest_pair

using namespace honest_pair;

RACEPAIR_CASE("honest.pair")
    .lesson("A case to be believed.")
    .expects([](racepair::Scope scope) { return scope.threads; })
    .scenario(visit_together)
    .racy<Racy>()
    .fixed<Fixed>();
