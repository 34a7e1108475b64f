// half_locked: half of the team brings goods, the other half takes them away.
// A lock is an agreement. It binds those who take it, and nobody else.

#include <cstdint>
#include <mutex>

#include "racepair/case.hpp"

namespace half_locked {

struct Racy {
    std::mutex mutex;
    std::int64_t stock = 0;
    void deposit() { stock++; }
    void withdraw() { stock--; }  // meets deposit() in mid-step
};

struct HalfLocked {
    std::mutex mutex;
    std::int64_t stock = 0;
    void deposit() {
        std::lock_guard lock(mutex);
        stock++;
    }
    void withdraw() { stock--; }  // walks past the lock
};

struct Fixed {
    std::mutex mutex;
    std::int64_t stock = 0;
    void deposit() {
        std::lock_guard lock(mutex);
        stock++;
    }
    void withdraw() {
        std::lock_guard lock(mutex);  // both sides keep to it
        stock--;
    }
};

constexpr auto bring_and_take = [](auto& store, auto& team) {
    team.run([&](int member) {
        if (member % 2 == 0)
            for (int i = 0; i < team.rounds(); ++i) store.deposit();
        else
            for (int i = 0; i < team.rounds(); ++i) store.withdraw();
    });
    return store.stock;
};

}  // namespace half_locked

using namespace half_locked;

RACEPAIR_CASE("counters.half_locked")
    .lesson("A lock protects a variable only if every access takes it: half locked is not locked.")
    .exercise("Look for the access without a lock, not for the one with it.")
    .scope({.threads = 20, .rounds = 2500})
    .at_most_trials(100)
    .expects([](racepair::Scope scope) { return scope.threads % 2 * scope.rounds; })
    .scenario(bring_and_take)
    .blind("plain", racepair::When::optimised_on_one_cpu,
           "threads take turns and rarely switch in so short a gap", 0.9)
    .racy<Racy>()
    .blind("plain", racepair::When::optimised, "the loop is folded into one single addition", 0.9)
    .wrong_fix<HalfLocked>("half_locked", racepair::Defect::data_race)
    .fixed<Fixed>();
