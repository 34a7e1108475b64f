// moby_18412_exit_code: a command runs in a thread of its own, and its caller
// waits for a time. When that is over the caller returns, and reads the exit
// code on its way out; the command ends at some later time, and writes it.

#include <atomic>
#include <chrono>
#include <future>
#include <thread>
#include <utility>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace moby_18412_exit_code {

using namespace std::chrono_literals;
constexpr int unknown = -1;
constexpr auto ready = std::future_status::ready;

struct Result {
    bool is_timed_out;
    int exit_code;
};

struct Racy {
    std::thread thread;
    int exit_code = unknown;
    Result run_for_no_time(auto command) {
        exit_code = unknown;
        std::promise<void> ended;
        auto end = ended.get_future();
        thread = std::thread([=, this, ended = std::move(ended)]() mutable {
            exit_code = command();  // whether or not somebody still waits
            ended.set_value();
        });
        const bool is_timed_out = end.wait_for(0s) != ready;
        std::this_thread::yield();
        return {is_timed_out, exit_code};
    }
};

struct Fixed {
    std::thread thread;
    Result run_for_no_time(auto command) {
        std::promise<int> ended;
        auto end = ended.get_future();
        thread = std::thread([=, ended = std::move(ended)]() mutable {
            ended.set_value(command());  // the code is the message
        });
        const bool is_timed_out = end.wait_for(0s) != ready;
        std::this_thread::yield();
        return {is_timed_out, is_timed_out ? unknown : end.get()};
    }
};

struct AtomicCode {
    std::thread thread;
    std::atomic<int> exit_code = unknown;
    Result run_for_no_time(auto command) {
        exit_code = unknown;
        std::promise<void> ended;
        auto end = ended.get_future();
        thread = std::thread([=, this, ended = std::move(ended)]() mutable {
            exit_code = command();  // after the time-out, before it is read
            ended.set_value();
        });
        const bool is_timed_out = end.wait_for(0s) != ready;
        std::this_thread::yield();
        return {is_timed_out, exit_code};
    }
};

// Who says that the time was over has no exit code to tell. Every other command
// outlasts its caller's patience, whoever is quick.
constexpr auto run_and_give_up = [](auto& runner, auto& team) {
    int both = 0;
    for (int i = 0; i < team.rounds(); ++i) {
        racepair::Order order;
        const auto command = [&] { return i % 2 == 0 ? 0 : (order.await(1), 0); };
        const Result result = runner.run_for_no_time(command);
        order.arrive();
        runner.thread.join();
        both += result.is_timed_out && result.exit_code != unknown;
    }
    return both;
};

}  // namespace moby_18412_exit_code

using namespace moby_18412_exit_code;

RACEPAIR_CASE("real.moby_18412_exit_code")
    .lesson(
        "Who stops waiting must stop reading: hand the result over with the message that it is "
        "there.")
    .exercise("The caller has returned. Who else may still write, and where to?")
    .source("moby (docker) #18412 (2015), RunCommandWithOutputForDuration; GoBench, 2021")
    .scope({.threads = 2, .rounds = 20})
    .explore_scope({.threads = 2, .rounds = 1})
    .needs_company([](auto& runner) {
        racepair::Order order;
        const auto command = [&] { return order.await(1), 0; };
        const Result result = runner.run_for_no_time(command);
        order.arrive(), runner.thread.join();
        return result.is_timed_out && result.exit_code == unknown;
    })
    .expects(0)
    .scenario(run_and_give_up)
    .racy<Racy>()
    .wrong_fix<AtomicCode>("atomic_code", racepair::Defect::race_condition)
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses")
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
