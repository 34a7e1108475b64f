// dining_philosophers: a fork lies between any two neighbours, and one needs
// two forks to eat. If all take the fork at the same side first, each holds one
// and waits for the neighbour's: a circle of waiting, as long as the table is
// round.

#include <array>
#include <mutex>
#include <thread>
#include <utility>

#include "racepair/case.hpp"

namespace dining_philosophers {

constexpr int seats = 3;

struct Racy {
    std::array<std::mutex, seats> forks;
    void eat(int seat) {
        const int left = seat, right = (seat + 1) % seats;
        std::lock_guard first(forks[left]);
        std::lock_guard second(forks[right]);  // the neighbour's left one
    }
};

struct Fixed {
    std::array<std::mutex, seats> forks;
    void eat(int seat) {
        int left = seat, right = (seat + 1) % seats;
        if (left > right) std::swap(left, right);  // one breaks the circle
        std::lock_guard first(forks[left]);
        std::lock_guard second(forks[right]);
    }
};

struct RightFirst {
    std::array<std::mutex, seats> forks;
    void eat(int seat) {
        const int left = seat, right = (seat + 1) % seats;
        std::lock_guard first(forks[right]);  // the circle turns the other way
        std::lock_guard second(forks[left]);
    }
};

struct Patient {
    std::array<std::mutex, seats> forks;
    void eat(int seat) {
        const int left = seat, right = (seat + 1) % seats;
        for (int i = 0; i < seat; ++i) std::this_thread::yield();  // rarer
        std::lock_guard first(forks[left]);
        std::lock_guard second(forks[right]);
    }
};

constexpr auto dine = [](auto& table, auto& team) {
    team.run([&](int seat) { table.eat(seat); });
    return "all have eaten";
};

}  // namespace dining_philosophers

using namespace dining_philosophers;

RACEPAIR_CASE("locks.dining_philosophers")
    .lesson("Waiting in a circle is a dead-lock of any length: number the locks, take them upward.")
    .exercise("No two philosophers take two forks in opposite orders. Who waits for whom, then?")
    .source("E. W. Dijkstra's five philosophers, 1965; here three")
    .roles(seats)
    .scope({.threads = seats, .rounds = 1})
    .explore_scope({.threads = seats, .rounds = 1})
    .may_hang("each holds one fork and waits for the neighbour's for ever")
    .expects("all have eaten")
    .scenario(dine)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<RightFirst>("right_first", racepair::Defect::race_condition)
    .wrong_fix<Patient>("patient", racepair::Defect::race_condition)
    .fixed<Fixed>();
