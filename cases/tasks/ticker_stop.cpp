// ticker_stop: a ticker moves the hands of a clock until its owner stops it and
// reads the time. The flag forbids the next tick. It does not wait for the one
// that runs, and that one still moves the hands while the owner looks.

#include <array>
#include <atomic>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace ticker_stop {

template <class Hand>
struct Clock {
    std::mutex running;
    std::atomic<bool> stopped = false;
    std::array<Hand, 3> hands = {};
    void move_hands() {
        if (stopped) return;
        std::this_thread::yield();  // stopped right here
        for (auto& hand : hands) hand = hand + 1;
    }
    long time() { return hands[0] + hands[1] + hands[2]; }
};

struct Racy : Clock<long> {
    void tick() { move_hands(); }
    void stop() { stopped = true; }  // the tick that runs goes on
};

struct AtomicHands : Clock<std::atomic<long>> {
    void tick() { move_hands(); }
    void stop() { stopped = true; }  // no data race, and late all the same
};

struct Fixed : Clock<long> {
    void tick() {
        std::lock_guard lock(running);
        move_hands();
    }
    void stop() {
        std::lock_guard lock(running);  // waits for the tick that runs
        stopped = true;
    }
};

constexpr auto stop_and_look = [](auto& clock, auto& team) {
    racepair::Order ticked;
    std::thread ticker([&] {
        for (int i = 0; i < team.rounds(); ++i) {
            clock.tick();
            ticked.arrive();
        }
    });
    ticked.await(1);  // at least one tick, and nothing that orders it
    std::this_thread::yield();
    clock.stop();
    const long seen = clock.time();
    ticker.join();
    return clock.time() - seen;
};

}  // namespace ticker_stop

using namespace ticker_stop;

RACEPAIR_CASE("tasks.ticker_stop")
    .lesson("Stopped means that nothing runs any more: a flag cannot say so.")
    .exercise("What happens in Fixed if the tick itself calls stop()?")
    .scope({.threads = 2, .rounds = 200})
    .explore_scope({.threads = 2, .rounds = 2})
    .needs_company([](auto& clock) {
        clock.tick();
        clock.stop();
        clock.tick();
        return clock.time() == 3;
    })
    .expects(0)
    .scenario(stop_and_look)
    .racy<Racy>()
    .wrong_fix<AtomicHands>("atomic_hands", racepair::Defect::race_condition)
    .fixed<Fixed>();
