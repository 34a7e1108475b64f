// reader_lock_write: readers share a lock, and one of them finds that there is
// something to be filled in first. A shared lock shuts out writers who lock,
// and nobody else: other readers are there too ([thread.sharedmutex.class]).

#include <atomic>
#include <mutex>
#include <shared_mutex>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace reader_lock_write {

struct Racy {
    std::shared_mutex mutex;
    int price = 0;
    int get(auto& decide, auto& compute) {
        std::shared_lock lock(mutex);
        if (price != 0) return price;
        decide();
        return price = compute();  // writes amid readers
    }
};

struct Relocks {
    std::shared_mutex mutex;
    int price = 0;
    int get(auto& decide, auto& compute) {
        std::shared_lock look(mutex);
        if (price != 0) return price;
        decide();
        look.unlock();
        std::unique_lock lock(mutex);
        return price = compute();  // not looked since it let go
    }
};

struct Fixed {
    std::shared_mutex mutex;
    int price = 0;
    int get(auto& decide, auto& compute) {
        std::shared_lock look(mutex);
        if (price != 0) return price;
        decide();
        look.unlock();
        std::unique_lock lock(mutex);
        if (price == 0) price = compute();  // looks again, alone now
        return price;
    }
};

// All ask so closely together that each of them finds no price.
constexpr auto ask_together = [](auto& shop, auto& team) {
    racepair::Order order;
    std::atomic<int> computed = 0;
    const auto decide = [&] {
        order.arrive();
        order.await(team.threads());
    };
    const auto compute = [&] {
        ++computed;
        return 42;
    };
    team.run([&] { (void)shop.get(decide, compute); });
    return computed.load();
};

}  // namespace reader_lock_write

using namespace reader_lock_write;

RACEPAIR_CASE("publication.reader_lock_write")
    .lesson(
        "A shared lock is for reading; who lets go of it to write has to look "
        "again.")
    .exercise(
        "`relocks` never writes without the exclusive lock, and no race "
        "detector says a word. Which decision is out of date, and since which line?")
    .scope({.threads = 8, .rounds = 1})
    .expects(1)
    .scenario(ask_together)
    .racy<Racy>()
    .wrong_fix<Relocks>("relocks", racepair::Defect::race_condition)
    .fixed<Fixed>();
