// conditional_access: all threads pass a gate, and one of them may count there.
// An access that is not executed is none: a compiler must not add a write that
// could race where the source has none [intro.races], nor a detector report it.

#include <array>
#include <cstddef>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace conditional_access {

struct Racy {
    std::array<bool, 8> may{true, true};  // one too many
    int count = 0;
    void pass(std::size_t thread) {
        if (may[thread]) ++count;
    }
};

struct Fixed {
    std::array<bool, 8> may{true, false};
    int count = 0;
    void pass(std::size_t thread) {
        if (may[thread]) ++count;
    }
};

struct WithoutBranch {
    std::array<bool, 8> may{true, false};
    int count = 0;
    void pass(std::size_t thread) {
        count += may[thread] ? 1 : 0;  // adds nothing, and writes that
    }
};

constexpr auto all_pass = [](auto& gate, auto& team) {
    racepair::Order order;  // orders, and synchronises nothing
    team.run([&](int thread) {
        order.await(thread);  // lucky: one after the other
        for (int i = 0; i < team.rounds(); ++i) gate.pass(thread);
        order.arrive();
    });
    int due = 0;
    for (int thread = 0; thread < team.threads(); ++thread)
        if (gate.may[thread]) due += team.rounds();
    return due - gate.count;
};

}  // namespace conditional_access

using namespace conditional_access;

RACEPAIR_CASE("silent.conditional_access")
    .lesson(
        "Whoever does not execute an access does not make it; to write the old value is to write.")
    .exercise("A compiler may make Fixed out of WithoutBranch, and never the other way round: why?")
    .scope({.threads = 2, .rounds = 2})
    .expects(0)
    .scenario(all_pass)
    .blind("plain", racepair::When::always, "one after the other, nothing is lost")
    .racy<Racy>()
    .wrong_fix<WithoutBranch>("without_branch", racepair::Defect::data_race)
    .fixed<Fixed>();
