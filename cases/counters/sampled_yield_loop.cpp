// sampled_yield_loop: ten threads count without end, and one more looks at
// the counter while they do. Told to stop, each says how often it counted:
// the counter must agree with the sum.

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

#include "racepair/case.hpp"

namespace sampled_yield_loop {

struct Racy {
    std::uint64_t ops = 0;
    void increment() { ops++; }  // three steps
    std::uint64_t value() { return ops; }
};

struct Fixed {
    std::atomic<std::uint64_t> ops = 0;
    void increment() { ops.fetch_add(1); }  // one step
    std::uint64_t value() { return ops.load(); }
};

constexpr auto sample_while_counting = [](auto& counter, auto& team) {
    std::atomic<bool> stop = false;
    std::atomic<std::uint64_t> done = 0;
    bool decreased = false;
    team.run([&](int member) {
        if (member != 0) {
            std::uint64_t mine = 0;
            for (; mine == 0 || !stop; ++mine) {
                counter.increment();
                std::this_thread::yield();
            }
            done += mine;
            return;
        }
        std::uint64_t last = 0;
        for (int i = 0; i < team.rounds(); ++i) {
            const auto sample = counter.value();
            if (sample < last) decreased = true;
            last = sample;
            std::this_thread::yield();
        }
        stop = true;
    });
    if (decreased) return std::string("a sample went backwards");
    return "lost " + std::to_string(done - counter.value());
};

}  // namespace sampled_yield_loop

using namespace sampled_yield_loop;

RACEPAIR_CASE("counters.sampled_yield_loop")
    .lesson("An atomic counter may be read while it is counting, with nothing missing at the end.")
    .exercise("How does the case check itself: what is compared with what, and when?")
    .scope({.threads = 11, .rounds = 300})
    .at_most_trials(40)
    .needs_company([](auto& counter) {
        counter.increment();
        return counter.value() == 1;
    })
    .expects("lost 0")
    .scenario(sample_while_counting)
    .blind("plain", racepair::When::one_cpu, "threads switch at the yield, not inside ++", 0.9)
    .racy<Racy>()
    .fixed<Fixed>()
    .blind("explore", racepair::When::always,
           "who counts until told to stop may count on and on: there is no longest schedule");
