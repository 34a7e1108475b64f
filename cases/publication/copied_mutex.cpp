// copied_mutex: each worker gets the lock along with its work, by value. A
// mutex cannot be copied, and for a reason; a class that makes it possible
// makes a new mutex each time, and whoever has its own waits for nobody.

#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace copied_mutex {

struct Lock : std::mutex {
    Lock() = default;
    Lock(const Lock&) {}  // unlocked, and another one
};

struct CarefulLock : std::mutex {
    CarefulLock() = default;
    CarefulLock(CarefulLock& other) { std::lock_guard wait(other); }
};

void add_one(int& sum) {
    const int old = sum;
    std::this_thread::yield();
    sum = old + 1;
}

struct Racy {
    Lock mutex;
    int sum = 0;
    auto worker() {
        return [this, mine = mutex]() mutable {  // a copy
            std::lock_guard lock(mine);
            add_one(sum);
        };
    }
};

struct LocksToCopy {
    CarefulLock mutex;
    int sum = 0;
    auto worker() {
        return [this, mine = mutex]() mutable {  // still a copy
            std::lock_guard lock(mine);
            add_one(sum);
        };
    }
};

struct Fixed {
    std::mutex mutex;
    int sum = 0;
    auto worker() {
        return [this, &mine = mutex] {  // the one that all others have
            std::lock_guard lock(mine);
            add_one(sum);
        };
    }
};

constexpr auto work_together = [](auto& job, auto& team) {
    team.run([&] {
        auto work = job.worker();
        for (int i = 0; i < team.rounds(); ++i) work();
    });
    return job.sum;
};

}  // namespace copied_mutex

using namespace copied_mutex;

RACEPAIR_CASE("publication.copied_mutex")
    .lesson("A copy of a mutex is another mutex: share it by reference.")
    .exercise(
        "Count the mutexes that exist while four workers run, in each variant. "
        "What does the compiler say if Lock is replaced by std::mutex?")
    .scope({.threads = 4, .rounds = 10})
    .at_most_trials(100)
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](auto scope) { return scope.threads * scope.rounds; })
    .scenario(work_together)
    .racy<Racy>()
    .wrong_fix<LocksToCopy>("locks_to_copy", racepair::Defect::data_race)
    .fixed<Fixed>();
