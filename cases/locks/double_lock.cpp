// double_lock: each function of an account takes its lock, and one of them
// calls another. A std::mutex does not ask who holds it: the thread waits for
// itself. A thread that locks what it owns breaks the contract,
// [thread.mutex.requirements.mutex].

#include <mutex>

#include "racepair/case.hpp"

namespace double_lock {

struct Racy {
    std::mutex mutex;
    int money = 100;
    int balance() {
        std::lock_guard lock(mutex);  // called from below, it waits for itself
        return money;
    }
    bool withdraw(int amount) {
        std::lock_guard lock(mutex);
        if (balance() < amount) return false;
        money -= amount;
        return true;
    }
};

struct Fixed {
    std::mutex mutex;
    int money = 100;
    int balance_locked() { return money; }  // for those who hold the lock
    bool withdraw(int amount) {
        std::lock_guard lock(mutex);
        if (balance_locked() < amount) return false;
        money -= amount;
        return true;
    }
};

struct TriesInside {
    std::mutex mutex;
    int money = 100;
    int balance() {
        std::unique_lock lock(mutex, std::try_to_lock);
        return money;  // even if the try failed: another thread may be writing
    }
    bool withdraw(int amount) {
        if (balance() < amount) return false;
        std::lock_guard lock(mutex);
        money -= amount;
        return true;
    }
};

struct OneByOne {
    std::mutex mutex;
    int money = 100;
    int balance() {
        std::lock_guard lock(mutex);
        return money;
    }
    bool withdraw(int amount) {
        if (balance() < amount) return false;
        std::lock_guard lock(mutex);  // the money of a moment ago
        money -= amount;
        return true;
    }
};

constexpr auto withdraw_all_at_once = [](auto& account, auto& team) {
    team.run([&] { account.withdraw(100); });
    return account.money;
};

}  // namespace double_lock

using namespace double_lock;

RACEPAIR_CASE("locks.double_lock")
    .lesson("Lock at the door, not in each room: what runs under a lock must not take it again.")
    .exercise("Two repairs look before they lock. What can happen between the look and the lock?")
    .explore_scope({.threads = 2, .rounds = 1})
    .may_hang("the thread waits for a lock that it holds itself")
    .expects(0)
    .scenario(withdraw_all_at_once)
    .racy<Racy>("racy", racepair::Defect::lock_misuse)
    .wrong_fix<TriesInside>("tries_inside", racepair::Defect::data_race)
    .wrong_fix<OneByOne>("one_by_one", racepair::Defect::race_condition)
    .fixed<Fixed>();
