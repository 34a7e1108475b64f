// call_once: many ask for the settings, the first one loads them. call_once
// lets one caller in and holds all others until it is through
// [thread.once.callonce]: whoever comes second finds the settings loaded.

#include <atomic>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace call_once {

struct Racy {
    std::once_flag once;
    std::atomic<bool> loaded = false;
    int settings = 0;
    int get(auto load) {
        if (settings == 0) settings = load();  // looked at while it is written
        return settings;
    }
};

struct Fixed {
    std::once_flag once;
    std::atomic<bool> loaded = false;
    int settings = 0;
    int get(auto load) {
        std::call_once(once, [&] { settings = load(); });  // one at work
        return settings;
    }
};

struct FirstComeFlag {
    std::once_flag once;
    std::atomic<bool> loaded = false;
    int settings = 0;
    int get(auto load) {
        // one at work, and nobody waits for it
        if (!loaded.exchange(true)) settings = load();
        return settings;
    }
};

struct OncePerCall {
    std::once_flag once;
    std::atomic<bool> loaded = false;
    int settings = 0;
    int get(auto load) {
        std::once_flag mine;  // has never heard of any other call
        std::call_once(mine, [&] { settings = load(); });
        return settings;
    }
};

constexpr auto ask_twice = [](auto& program) {
    racepair::Order order;  // orders, and synchronises nothing
    int first = 0, second = 0;
    std::thread early([&] {
        first = program.get([&] { return 42; });
        order.arrive();
    });
    order.await(1);
    second = program.get([] { return 42; });
    early.join();
    return first + second;
};

}  // namespace call_once

using namespace call_once;

RACEPAIR_CASE("silent.call_once")
    .lesson("Once is not enough: whoever comes second has to wait until the first one is through.")
    .exercise("Make FirstComeFlag right with one more atomic; then compare it with call_once.")
    .expects(84)
    .scenario(ask_twice)
    .blind("plain", racepair::When::always, "here the second one asks when all is loaded")
    .racy<Racy>()
    .wrong_fix<FirstComeFlag>("first_come_flag", racepair::Defect::data_race)
    .wrong_fix<OncePerCall>("once_per_call", racepair::Defect::data_race)
    .blind("drd", racepair::When::always, "it is silent about what runs inside of pthread_once")
    .fixed<Fixed>()
    .false_alarm("helgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
