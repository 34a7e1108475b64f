// shared_fixture: a test that ran alone for years is run in parallel. It sets
// up its fixture, uses it and checks it; a second one on the same fixture sets
// it up again in the middle. The code under test is innocent: the tests race.

#include <atomic>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace shared_fixture {

bool withdrawal_leaves_the_rest(auto& money) {
    money = 100;  // set up
    std::this_thread::yield();
    money -= 30;
    std::this_thread::yield();
    return money == 70;
}

struct Racy {
    int fixture = 0;
    std::mutex mutex;
    bool test() { return withdrawal_leaves_the_rest(fixture); }  // one for all
};

struct Fixed {
    int fixture = 0;
    std::mutex mutex;
    bool test() {
        int mine = fixture;  // one each
        return withdrawal_leaves_the_rest(mine);
    }
};

struct Atomic {
    std::atomic<int> fixture = 0;  // each step is whole, the test is not
    std::mutex mutex;
    bool test() { return withdrawal_leaves_the_rest(fixture); }
};

struct LockedSetUp {
    int fixture = 0;
    std::mutex mutex;
    bool test() {
        {
            std::lock_guard lock(mutex);  // and let go before the test
            fixture = 0;
        }
        return withdrawal_leaves_the_rest(fixture);
    }
};

constexpr auto test_in_parallel = [](auto& suite, auto& team) {
    std::atomic<int> passed = 0;
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) passed += suite.test();
    });
    return passed.load();
};

}  // namespace shared_fixture

using namespace shared_fixture;

RACEPAIR_CASE("lifetimes.shared_fixture")
    .lesson("Tests that run in parallel share nothing that they change: a fixture each.")
    .exercise("Repair LockedSetUp by moving one brace; what does that do to running in parallel?")
    .source(
        "M. Chabbi and M. Ramanathan, A Study of Real-World Data Races in Golang, 2022: parallel "
        "tests")
    .scope({.threads = 3, .rounds = 1})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(test_in_parallel)
    .racy<Racy>()
    .wrong_fix<Atomic>("atomic", racepair::Defect::race_condition)
    .wrong_fix<LockedSetUp>("locked_set_up", racepair::Defect::data_race)
    .fixed<Fixed>();
