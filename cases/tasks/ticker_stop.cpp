// ticker_stop: a ticker counts its ticks until its owner stops it and reads
// the count. The flag forbids the next tick. It does not wait for the one that
// runs, and that one still writes while the owner reads.

#include <atomic>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace ticker_stop {

struct Racy {
    std::mutex running;
    std::atomic<bool> stopped = false;
    int ticks = 0;
    void tick() {
        if (stopped) return;
        std::this_thread::yield();  // stopped right here
        ticks = ticks + 1;
    }
    void stop() { stopped = true; }
};

struct AtomicTicks {
    std::mutex running;
    std::atomic<bool> stopped = false;
    std::atomic<int> ticks = 0;
    void tick() {
        if (stopped) return;
        std::this_thread::yield();
        ticks = ticks + 1;  // no data race, and late all the same
    }
    void stop() { stopped = true; }
};

struct Fixed {
    std::mutex running;
    std::atomic<bool> stopped = false;
    int ticks = 0;
    void tick() {
        std::lock_guard lock(running);
        if (stopped) return;
        std::this_thread::yield();
        ticks = ticks + 1;
    }
    void stop() {
        std::lock_guard lock(running);  // waits for the tick that runs
        stopped = true;
    }
};

constexpr auto stop_and_count = [](auto& ticker, auto& team) {
    racepair::Order ticked;
    std::thread clock([&] {
        for (int i = 0; i < team.rounds(); ++i) {
            ticker.tick();
            ticked.arrive();
        }
    });
    ticked.await(1);  // at least one tick, and nothing that orders it
    std::this_thread::yield();
    ticker.stop();
    const int seen = ticker.ticks;
    clock.join();
    return ticker.ticks - seen;
};

}  // namespace ticker_stop

using namespace ticker_stop;

RACEPAIR_CASE("tasks.ticker_stop")
    .lesson("Stopped means that nothing runs any more: a flag cannot say so.")
    .exercise("What happens in Fixed if the tick itself calls stop()?")
    .scope({.threads = 2, .rounds = 1000})
    .explore_scope({.threads = 2, .rounds = 2})
    .needs_company([](auto& ticker) {
        ticker.tick();
        ticker.stop();
        ticker.tick();
        return ticker.ticks == 1;
    })
    .expects(0)
    .scenario(stop_and_count)
    .racy<Racy>()
    .wrong_fix<AtomicTicks>("atomic_ticks", racepair::Defect::race_condition)
    .fixed<Fixed>();
