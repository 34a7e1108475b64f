// shared_ptr_copies: each thread has a copy of one shared_ptr. The count of
// owners may change in all of them at once [util.smartptr.shared], so the
// copies need no lock. It counts owners; it does not guard what they own.

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

#include "racepair/case.hpp"

namespace shared_ptr_copies {

struct Racy {
    using Hits = int;  // as unprotected as ever
    std::shared_ptr<Hits> hits = std::make_shared<Hits>(0);
    auto copy() { return hits; }
};

struct Fixed {
    using Hits = std::atomic<int>;  // takes care of itself
    std::shared_ptr<Hits> hits = std::make_shared<Hits>(0);
    auto copy() { return hits; }
};

struct AtomicPointer {
    using Hits = int;
    std::atomic<std::shared_ptr<Hits>> hits = std::make_shared<Hits>(0);
    auto copy() { return hits.load(); }  // protects the pointer alone
};

constexpr auto visit_together = [](auto& site, auto& team) -> int {
    std::vector copies(team.threads(), site.copy());
    team.run([&](int thread) {
        const auto mine = std::move(copies[thread]);
        for (int i = 0; i < team.rounds(); ++i) ++*mine;
    });
    return *site.copy();
};

}  // namespace shared_ptr_copies

using namespace shared_ptr_copies;

RACEPAIR_CASE("silent.shared_ptr_copies")
    .lesson("A shared_ptr shares ownership safely; access to what is owned is up to you.")
    .exercise("Which use_count() is certain at the end of the scenario, and which while it runs?")
    .scope({.threads = 4, .rounds = 500})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(visit_together)
    .blind("plain", racepair::When::optimised, "the loop is folded into one single addition", 0.9)
    .blind("plain", racepair::When::one_cpu, "threads rarely switch in so short a gap", 0.9)
    .racy<Racy>()
    .wrong_fix<AtomicPointer>("atomic_pointer", racepair::Defect::data_race)
    .fixed<Fixed>();
