// memcached_127_increment: an increment looks its item up under the lock and
// adds under the lock, but lets go in between. When a number grows by a digit a
// new item takes the old one's place; whoever found the old one adds to that.

#include <memory>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace memcached_127_increment {

struct Item {
    int value, most;  // the largest number that it has room for
};

struct Racy {
    std::mutex cache;
    std::shared_ptr<Item> stored{new Item{9, 9}};
    void increment() {
        std::unique_lock lock(cache);
        const auto item = stored;
        lock.unlock();
        std::this_thread::yield();  // replaced in here
        lock.lock();
        if (item->value < item->most)
            ++item->value;
        else
            stored.reset(new Item{item->value + 1, item->most * 10 + 9});
    }
};

struct Fixed {
    std::mutex cache;
    std::shared_ptr<Item> stored{new Item{9, 9}};
    void increment() {
        std::lock_guard lock(cache);  // finds it and adds to it under one lock
        const auto item = stored;
        std::this_thread::yield();
        if (item->value < item->most)
            ++item->value;
        else
            stored.reset(new Item{item->value + 1, item->most * 10 + 9});
    }
};

constexpr auto count_together = [](auto& server, auto& team) {
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) server.increment();
    });
    return server.stored->value - 9;
};

}  // namespace memcached_127_increment

using namespace memcached_127_increment;

RACEPAIR_CASE("real.memcached_127_increment")
    .lesson("What was found under a lock is only known to be there as long as the lock is held.")
    .exercise("No access is without the lock. At which values of the counter are increments lost?")
    .source("memcached issue 127 (2010), process_arithmetic_command")
    .scope({.threads = 4, .rounds = 30})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(count_together)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .fixed<Fixed>();
