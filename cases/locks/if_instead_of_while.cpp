// if_instead_of_while: who is woken believes that there is something to take.
// But others were woken too, or came by while it waited for the lock, and a
// wake-up may come for no reason at all, [thread.condition.condvar].

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace if_instead_of_while {

struct Racy {
    std::mutex mutex;
    std::condition_variable filled;
    int items = 0;
    bool take() {
        std::unique_lock lock(mutex);
        if (items <= 0) filled.wait(lock);  // woken: but is it still there?
        return items-- > 0;
    }
    void put() {
        std::lock_guard lock(mutex);
        ++items;
        filled.notify_all();
    }
};

struct Fixed {
    std::mutex mutex;
    std::condition_variable filled;
    int items = 0;
    bool take() {
        std::unique_lock lock(mutex);
        while (items <= 0) filled.wait(lock);  // looks again, each time
        return items-- > 0;
    }
    void put() {
        std::lock_guard lock(mutex);
        ++items;
        filled.notify_all();
    }
};

struct WakesOne {
    std::mutex mutex;
    std::condition_variable filled;
    int items = 0;
    bool take() {
        std::unique_lock lock(mutex);
        if (items <= 0) filled.wait(lock);
        return items-- > 0;
    }
    void put() {
        std::lock_guard lock(mutex);
        ++items;
        filled.notify_one();  // another one, awake all the time, is faster
    }
};

// One puts as many as all others take together.
constexpr auto put_and_take = [](auto& store, auto& team) {
    std::atomic<int> from_nothing = 0;
    team.run([&](int index) {
        const int takers = team.threads() - 1, rounds = team.rounds();
        for (int i = 0; i < (index == 0 ? takers * rounds : rounds); ++i)
            if (index == 0)
                store.put(), std::this_thread::yield();
            else if (!store.take())
                ++from_nothing;
    });
    return from_nothing.load();
};

}  // namespace if_instead_of_while

using namespace if_instead_of_while;

RACEPAIR_CASE("locks.if_instead_of_while")
    .lesson("A wake-up is a hint, not a promise: look at the condition again, in a loop.")
    .exercise("Nobody wakes two for one item in WakesOne. From whom was the item taken away?")
    .scope({.threads = 4, .rounds = 50})
    .explore_scope({.threads = 3, .rounds = 1})
    .needs_company([](auto& store) {
        store.put();
        return store.take();
    })
    .expects(0)
    .scenario(put_and_take)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<WakesOne>("wakes_one", racepair::Defect::race_condition)
    .fixed<Fixed>();
