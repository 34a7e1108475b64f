// notify_one_of_two: who puts and who takes wait at the same condition
// variable, for opposite things, and one of them is woken. If it is the wrong
// one it goes back to sleep, and the right one is never told.

#include <condition_variable>
#include <mutex>

#include "racepair/case.hpp"

namespace notify_one_of_two {

struct Racy {
    std::mutex mutex;
    std::condition_variable changed;
    bool full = false;
    void put() {
        std::unique_lock lock(mutex);
        while (full) changed.wait(lock);
        full = true;
        changed.notify_one();
    }
    void take() {
        std::unique_lock lock(mutex);
        while (!full) changed.wait(lock);
        full = false;
        changed.notify_one();  // meant for who puts; may wake one who takes
    }
};

struct Fixed {
    std::mutex mutex;
    std::condition_variable filled, emptied;  // one for each thing to wait for
    bool full = false;
    void put() {
        std::unique_lock lock(mutex);
        while (full) emptied.wait(lock);
        full = true;
        filled.notify_one();
    }
    void take() {
        std::unique_lock lock(mutex);
        while (!full) filled.wait(lock);
        full = false;
        emptied.notify_one();
    }
};

struct NotifiesLater {
    std::mutex mutex;
    std::condition_variable changed;
    bool full = false;
    void put() {
        std::unique_lock lock(mutex);
        while (full) changed.wait(lock);
        full = true;
        lock.unlock();
        changed.notify_one();
    }
    void take() {
        std::unique_lock lock(mutex);
        while (!full) changed.wait(lock);
        full = false;
        lock.unlock();
        changed.notify_one();  // without the lock, and still to anyone who waits
    }
};

// One puts as many as all others take together.
constexpr auto one_puts_others_take = [](auto& box, auto& team) {
    team.run([&](int index) {
        if (index > 0) return box.take();
        for (int i = 1; i < team.threads(); ++i) box.put();
    });
    return "all went through";
};

}  // namespace notify_one_of_two

using namespace notify_one_of_two;

RACEPAIR_CASE("locks.notify_one_of_two")
    .lesson("notify_one is for waiters who wait for the same thing and can each do the work.")
    .exercise("notify_all with one condition variable would do as well. What does it cost?")
    .scope({.threads = 3, .rounds = 1})
    .explore_scope({.threads = 3, .rounds = 1})
    .may_hang("the one that is woken sleeps again, and the others were never told")
    .expects("all went through")
    .scenario(one_puts_others_take)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<NotifiesLater>("notifies_later", racepair::Defect::race_condition)
    .fixed<Fixed>();
