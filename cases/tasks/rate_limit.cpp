// rate_limit: a bucket of three tokens admits a burst of three requests, and
// no more. To look whether a token is left and to take it are two steps, and
// two requests can take the same last one.

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace rate_limit {

constexpr int burst = 3;

struct Racy {
    int tokens = burst;
    bool admit() {
        if (tokens <= 0) return false;
        std::this_thread::yield();
        tokens = tokens - 1;  // the one that another request has taken
        return true;
    }
};

struct AtomicTokens {
    std::atomic<int> tokens = burst;
    bool admit() {
        if (tokens <= 0) return false;
        std::this_thread::yield();
        --tokens;  // exact now, below zero as well
        return true;
    }
};

struct LocksTheTaking {
    std::mutex mutex;
    std::atomic<int> tokens = burst;
    bool admit() {
        if (tokens <= 0) return false;
        std::this_thread::yield();
        std::lock_guard lock(mutex);  // too late: it has looked already
        --tokens;
        return true;
    }
};

struct Fixed {
    std::mutex mutex;
    int tokens = burst;
    bool admit() {
        std::lock_guard lock(mutex);  // looks and takes in one step
        if (tokens <= 0) return false;
        std::this_thread::yield();
        tokens = tokens - 1;
        return true;
    }
};

constexpr auto ask_all_at_once = [](auto& bucket, auto& team) {
    std::atomic<int> admitted = 0;
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i)
            if (bucket.admit()) ++admitted;
    });
    return admitted.load();
};

}  // namespace rate_limit

using namespace rate_limit;

RACEPAIR_CASE("tasks.rate_limit")
    .lesson("A limit holds only if looking and taking are one step.")
    .exercise(
        "Take first, look then, and give back what was too much: can this "
        "admit too many? Too few, once somebody refills the bucket?")
    .scope({.threads = 5, .rounds = 3})
    .explore_scope({.threads = 2, .rounds = 2})
    .expects([](racepair::Scope scope) { return std::min(burst, scope.threads * scope.rounds); })
    .scenario(ask_all_at_once)
    .racy<Racy>()
    .wrong_fix<AtomicTokens>("atomic_tokens", racepair::Defect::race_condition)
    .wrong_fix<LocksTheTaking>("locks_the_taking", racepair::Defect::race_condition)
    .fixed<Fixed>();
