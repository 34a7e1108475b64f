#include <atomic>
#include <racepair/case.hpp>

struct Plain {
    int hits = 0;
    void visit() { hits++; }
};
struct Atomic {
    std::atomic<int> hits = 0;
    void visit() { hits++; }
};
constexpr auto visit_together = [](auto& site, auto& team) {
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) site.visit();
    });
    return static_cast<int>(site.hits);
};

RACEPAIR_CASE("web.visits")
    .lesson("Two visitors at once are counted as one.")
    .scope({.threads = 4, .rounds = 100})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(visit_together)
    .racy<Plain>()
    .fixed<Atomic>();
