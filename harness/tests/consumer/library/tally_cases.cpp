#include <racepair/case.hpp>

#include "tally.hpp"

namespace {

struct Unguarded {
    void vote() { ++count; }
    int votes() const { return count; }
    int count = 0;
};

constexpr auto vote_together = [](auto& tally, auto& team) {
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) tally.vote();
    });
    return tally.votes();
};

}  // namespace

// Of the two repairs, one leaves out its lock under RACEPAIR_MUTATE; the other is compiled
// elsewhere and does not, so that nothing proves that its lock is what cures it.
RACEPAIR_CASE("library.tally")
    .lesson("A vote is a load, an add and a store.")
    .scope({.threads = 4, .rounds = 100})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(vote_together)
    .racy<Unguarded>()
    .fixed<HeaderTally>("header")
    .fixed<Tally>("compiled");
