// locked_getters: an account whose every function takes the lock. A deposit
// calls two of them, and between the two the lock is free: whoever deposits
// meanwhile has done so in vain.

#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace locked_getters {

struct Account {
    std::mutex mutex;
    int money = 0;
    int get() {
        std::lock_guard lock(mutex);
        return money;
    }
    void set(int sum) {
        std::lock_guard lock(mutex);
        money = sum;
    }
};

struct Racy : Account {
    void deposit() {
        const int seen = get();
        std::this_thread::yield();
        set(seen + 1);  // one more than there was
    }
};

struct ChecksAfter : Account {
    void deposit() {
        const int seen = get();
        std::this_thread::yield();
        set(seen + 1);
        if (get() != seen + 1) deposit();  // again: was it lost, or added to?
    }
};

struct Fixed : Account {
    void deposit() {
        std::lock_guard lock(mutex);  // held from the look to the change
        const int seen = money;
        std::this_thread::yield();
        money = seen + 1;
    }
};

constexpr auto deposit_together = [](auto& account, auto& team) {
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) account.deposit();
    });
    return account.get();
};

}  // namespace locked_getters

using namespace locked_getters;

RACEPAIR_CASE("atomicity.locked_getters")
    .lesson("Functions that lock do not add up to a sequence that is locked.")
    .exercise(
        "What would happen if Fixed called get() and set()? Which of the three "
        "functions should the class not offer at all?")
    .scope({.threads = 4, .rounds = 20})
    .explore_scope({.threads = 2, .rounds = 2})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(deposit_together)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<ChecksAfter>("checks_after", racepair::Defect::race_condition)
    .fixed<Fixed>();
