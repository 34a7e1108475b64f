// opposite_order: two transfers between the same two accounts, in opposite
// directions. Each takes the lock of its own side first and then waits for the
// other one's, which the other transfer holds and will never let go.

#include <array>
#include <mutex>

#include "racepair/case.hpp"

namespace opposite_order {

struct Account {
    std::mutex mutex;
    int money = 100;
};

struct Racy {
    std::array<Account, 2> accounts;
    void move(int from, int to) {
        std::lock_guard first(accounts[from].mutex);
        std::lock_guard second(accounts[to].mutex);  // whoever has it wants mine
        accounts[from].money -= 10;
        accounts[to].money += 10;
    }
};

struct Fixed {
    std::array<Account, 2> accounts;
    void move(int from, int to) {
        // everybody takes the lower number first
        std::lock_guard first(accounts[from < to ? from : to].mutex);
        std::lock_guard second(accounts[from < to ? to : from].mutex);
        accounts[from].money -= 10;
        accounts[to].money += 10;
    }
};

constexpr auto move_both_ways = [](auto& bank, auto& team) {
    team.run([&](int index) {
        for (int round = 0; round < team.rounds(); ++round) bank.move(index % 2, 1 - index % 2);
    });
    return bank.accounts[0].money + bank.accounts[1].money;
};

}  // namespace opposite_order

using namespace opposite_order;

RACEPAIR_CASE("locks.opposite_order")
    .lesson("Two locks need one order: taken in opposite orders, each side waits for the other.")
    .exercise(
        "Draw who holds what and who waits for what. Which one rule for all threads makes the "
        "circle impossible? And what does move(0, 0) do?")
    .explore_scope({.threads = 2, .rounds = 1})
    .may_hang("the two transfers can wait for each other for ever")
    .expects(200)
    .scenario(move_both_ways)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .fixed<Fixed>();
