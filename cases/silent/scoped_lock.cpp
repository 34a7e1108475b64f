// scoped_lock: two transfers between the same accounts in opposite directions.
// scoped_lock takes both without a dead-lock, in whatever order they are given
// [thread.lock.algorithm]: here it never waits for one while it holds the
// other. Two guards in a row do.

#include <array>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace scoped_lock {

struct Account {
    std::mutex mutex;
    int money = 100;
};

struct Racy {
    std::array<Account, 2> accounts;
    void move(int source, int target) {
        auto &from = accounts[source], &to = accounts[target];
        std::lock_guard first(from.mutex);
        std::lock_guard second(to.mutex);  // whoever has it may want mine
        from.money -= 10;
        to.money += 10;
    }
};

struct Fixed {
    std::array<Account, 2> accounts;
    void move(int source, int target) {
        auto &from = accounts[source], &to = accounts[target];
        std::scoped_lock both(from.mutex, to.mutex);  // in any order
        from.money -= 10;
        to.money += 10;
    }
};

struct OneByOne {
    std::array<Account, 2> accounts;
    void move(int source, int target) {
        auto &from = accounts[source], &to = accounts[target];
        std::scoped_lock first(from.mutex);
        std::scoped_lock second(to.mutex);  // another word for lock_guard
        from.money -= 10;
        to.money += 10;
    }
};

struct Unnamed {
    std::array<Account, 2> accounts;
    void move(int source, int target) {
        auto &from = accounts[source], &to = accounts[target];
        std::scoped_lock{from.mutex, to.mutex};  // gone at the semicolon
        from.money -= 10;
        to.money += 10;
    }
};

constexpr auto move_both_ways = [](auto& bank) {
    racepair::Order order;  // one after the other: nobody waits
    std::thread there([&] {
        bank.move(0, 1);
        order.arrive();
    });
    order.await(1);
    bank.move(1, 0);
    there.join();
    return bank.accounts[0].money + bank.accounts[1].money;
};

}  // namespace scoped_lock

using namespace scoped_lock;

RACEPAIR_CASE("silent.scoped_lock")
    .lesson("scoped_lock takes several locks in any order; one after the other needs an order.")
    .exercise("Which two steps of Racy must meet so that both threads wait for ever?")
    .expects(200)
    .scenario(move_both_ways)
    .racy<Racy>("racy", racepair::Defect::lock_order)
    .wrong_fix<OneByOne>("one_by_one", racepair::Defect::lock_order)
    .wrong_fix<Unnamed>("unnamed", racepair::Defect::data_race)
    .blind("plain", racepair::When::always, "here one transfer comes after the other")
    .fixed<Fixed>()
    .false_alarm("helgrind", racepair::When::always,
                 "it takes a lock that is only tried for one that is waited for");
