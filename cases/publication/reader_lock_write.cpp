// reader_lock_write: readers share a lock, and one of them finds that there is
// something to be filled in first. A shared lock shuts out writers who lock,
// and nobody else: other readers are there too ([thread.sharedmutex.class]).

#include <atomic>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "racepair/case.hpp"

namespace reader_lock_write {

struct Racy {
    std::shared_mutex mutex;
    int price = 0;
    int get(auto& compute) {
        std::shared_lock lock(mutex);
        if (price == 0) price = compute();  // writes amid readers
        return price;
    }
};

struct Relocks {
    std::shared_mutex mutex;
    int price = 0;
    int get(auto& compute) {
        std::shared_lock look(mutex);
        if (price != 0) return price;
        look.unlock();
        std::this_thread::yield();
        std::unique_lock lock(mutex);
        return price = compute();  // not looked since it let go
    }
};

struct Fixed {
    std::shared_mutex mutex;
    int price = 0;
    int get(auto& compute) {
        std::shared_lock look(mutex);
        if (price != 0) return price;
        look.unlock();
        std::this_thread::yield();
        std::unique_lock lock(mutex);
        if (price == 0) price = compute();  // looks again, alone now
        return price;
    }
};

constexpr auto ask_together = [](auto& shop, auto& team) {
    std::atomic<int> computed = 0;
    const auto compute = [&] {
        ++computed;
        std::this_thread::yield();  // it takes a while
        return 42;
    };
    team.run([&] { (void)shop.get(compute); });
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
    .blind("helgrind", racepair::When::always,
           "to it, one reader's unlock comes before the next reader's lock")
    .wrong_fix<Relocks>("relocks", racepair::Defect::race_condition)
    .fixed<Fixed>();
