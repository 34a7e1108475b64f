// two_atomics: a window ten wide moves along, kept as its two ends. Each end
// is atomic. That they belong together is not: between the two stores the
// window is not ten wide, and who loads one end after the other may get them
// from two windows.

#include <atomic>
#include <cstdint>
#include <thread>

#include "racepair/case.hpp"

namespace two_atomics {

struct alignas(8) Window {
    std::int32_t low, high;
};

struct Racy {
    std::atomic<std::int32_t> low = 0, high = 10;
    void move() {
        low = low + 10;
        std::this_thread::yield();  // low is new, high is old
        high = high + 10;
    }
    Window look() { return {low, high}; }
};

struct LooksAgain {
    std::atomic<std::int32_t> low = 0, high = 10;
    void move() {
        high = high + 10;
        std::this_thread::yield();
        low = low + 10;
    }
    Window look() {
        Window seen;
        do seen = {low, high};
        while (seen.low != low);  // low is as it was, high is ahead of it
        return seen;
    }
};

struct Fixed {
    std::atomic<Window> ends = Window{0, 10};
    void move() {
        const Window old = ends;
        std::this_thread::yield();
        ends = {old.low + 10, old.high + 10};  // both ends in one step
    }
    Window look() { return ends; }
};

constexpr auto look_while_it_moves = [](auto& window, auto& team) {
    std::atomic<int> torn = 0;
    team.run([&](int member) {
        for (int i = 0; i < team.rounds(); ++i) {
            if (member == 0) window.move();  // the only one who does
            std::this_thread::yield();
            const auto [low, high] = window.look();
            if (high - low != 10) ++torn;
        }
    });
    return torn.load();
};

}  // namespace two_atomics

using namespace two_atomics;

RACEPAIR_CASE("atomicity.two_atomics")
    .lesson("Two atomics are not one: what belongs together changes in one step or under one lock.")
    .exercise(
        "LooksAgain makes sure that low has not changed meanwhile. What would "
        "have to change with each move, so that looking again helps?")
    .scope({.threads = 4, .rounds = 100})
    .explore_scope({.threads = 2, .rounds = 2})
    .expects(0)
    .scenario(look_while_it_moves)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<LooksAgain>("looks_again", racepair::Defect::race_condition)
    .fixed<Fixed>();
