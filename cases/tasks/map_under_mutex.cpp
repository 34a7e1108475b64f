// map_under_mutex: writers move coins between the entries of a map, readers
// count them all. While a coin is on its way it is nowhere, and whoever counts
// without the lock misses it.

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace map_under_mutex {

struct Purse {
    std::mutex mutex;
    std::map<int, int> coins = {{0, 10}, {1, 10}, {2, 10}, {3, 10}};
    void carry(int from, int to) {
        coins[from] = coins[from] - 1;
        std::this_thread::yield();  // a coin in the hand
        coins[to] = coins[to] + 1;
    }
    int sum() { return coins.at(0) + coins.at(1) + coins.at(2) + coins.at(3); }
};

struct Racy : Purse {
    void move(int from, int to) { carry(from, to); }
    int total() { return sum(); }  // counts while others move
};

struct LocksWriters : Purse {
    void move(int from, int to) {
        std::lock_guard lock(mutex);
        carry(from, to);
    }
    int total() { return sum(); }  // "it only reads"
};

struct LocksEachRead : Purse {
    void move(int from, int to) {
        std::lock_guard lock(mutex);
        carry(from, to);
    }
    int one(int key) {
        std::this_thread::yield();
        std::lock_guard lock(mutex);
        return coins.at(key);
    }
    int total() {
        int sum = 0;
        for (const int key : {0, 1, 2, 3}) sum += one(key);  // and between?
        return sum;
    }
};

struct Fixed : Purse {
    void move(int from, int to) {
        std::lock_guard lock(mutex);
        carry(from, to);
    }
    int total() {
        std::lock_guard lock(mutex);  // one lock, for all that it reads
        return sum();
    }
};

constexpr auto count_while_moving = [](auto& purse, auto& team) {
    std::atomic<int> miscounts = 0;
    team.run([&](int member) {
        for (int i = 0; i < team.rounds(); ++i) {
            if (member % 2 == 0) purse.move(i % 4, (i + 1) % 4);
            if (member % 2 == 1 && purse.total() != 40) ++miscounts;
            std::this_thread::yield();
        }
    });
    return miscounts.load();
};

}  // namespace map_under_mutex

using namespace map_under_mutex;

RACEPAIR_CASE("tasks.map_under_mutex")
    .lesson("A reader needs the lock as well, once, for all that it reads.")
    .exercise(
        "LocksEachRead is free of data races. Write down the schedule in which "
        "it counts 41 coins.")
    .scope({.threads = 4, .rounds = 4})
    .explore_scope({.threads = 2, .rounds = 2})
    .expects(0)
    .scenario(count_while_moving)
    .racy<Racy>()
    .wrong_fix<LocksWriters>("locks_writers", racepair::Defect::data_race)
    .wrong_fix<LocksEachRead>("locks_each_read", racepair::Defect::race_condition)
    .fixed<Fixed>();
