// sleep_is_not_a_join: started work is not finished work.
// A sleep lets time pass; a join lets the work end. How long is long enough?
// Here the worker is as slow as it takes: it ends when somebody waits for it.

#include <atomic>
#include <chrono>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace sleep_is_not_a_join {

using namespace std::chrono_literals;

struct Racy {
    int answer = 0;
    int ask(auto&) {
        std::this_thread::sleep_for(1ms);  // a hope, not a guarantee
        return answer;
    }
};

struct AtomicSleep {
    std::atomic<int> answer = 0;
    int ask(auto&) {
        std::this_thread::sleep_for(1ms);  // now a well-defined wrong answer
        return answer;
    }
};

struct Fixed {
    int answer = 0;
    int ask(auto& join) {
        join();  // all that the worker did comes before this
        return answer;
    }
};

constexpr auto ask_a_slow_worker = [](auto& question) {
    racepair::Order wanted;  // order without synchronisation: cures no race
    std::thread worker([&] {
        wanted.await(1);  // slower than any sleep
        question.answer = 42;
    });
    const auto join = [&] {
        wanted.arrive();
        if (worker.joinable()) worker.join();
    };
    const int answer = question.ask(join);
    join();  // too late for the two that slept
    return answer;
};

}  // namespace sleep_is_not_a_join

using namespace sleep_is_not_a_join;

RACEPAIR_CASE("counters.sleep_is_not_a_join")
    .lesson("No sleep is long enough to replace a join: waiting means waiting for something.")
    .exercise(
        "In AtomicSleep the report is gone. What is still wrong, and which detector can tell?")
    .at_most_trials(50)
    .needs_company([](auto& question) {
        question.answer = 42;
        const auto done = [] {};
        return question.ask(done) == 42;
    })
    .expects(42)
    .scenario(ask_a_slow_worker)
    .racy<Racy>()
    .wrong_fix<AtomicSleep>("atomic_sleep", racepair::Defect::race_condition)
    .fixed<Fixed>();
