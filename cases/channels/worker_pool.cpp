// worker_pool: three workers share five jobs and add up what they earn. Each
// job has to be done by exactly one of them, and no pay may get lost.

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include "channel.hpp"
#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace worker_pool {

struct Racy {
    int next = 0, last = 0;
    int earned = 0;
    void fill(int jobs) { last = jobs; }
    std::optional<int> take() {
        if (next >= last) return {};
        const int mine = next;  // and somebody else's
        std::this_thread::yield();
        next = mine + 1;
        return mine;
    }
    void pay(int wage) { earned += wage; }
    int total() { return earned; }
};

struct Fixed {
    channels::channel<int> jobs{100};
    channels::channel<int> wages{100};
    void fill(int count) {
        for (int job = 0; job < count; ++job) jobs.send(job);
        jobs.close();
    }
    std::optional<int> take() { return jobs.receive(); }  // to one of them
    void pay(int wage) { wages.send(wage); }              // nobody adds yet
    int total() {
        int sum = 0;
        while (auto wage = wages.try_receive()) sum += *wage;
        return sum;
    }
};

struct JobsOnly {
    channels::channel<int> jobs{100};
    int earned = 0;
    void fill(int count) {
        for (int job = 0; job < count; ++job) jobs.send(job);
        jobs.close();
    }
    std::optional<int> take() { return jobs.receive(); }
    void pay(int wage) { earned += wage; }  // all of them at once
    int total() { return earned; }
};

// No worker gets a second job before each of them has one.
constexpr auto work_together = [](auto& pool, auto& team) {
    racepair::Order all_busy;
    pool.fill(team.rounds());
    team.run([&] {
        bool is_first = true;
        while (pool.take()) {
            if (std::exchange(is_first, false)) {
                all_busy.arrive();
                all_busy.await(std::min(team.threads(), team.rounds()));
            }
            pool.pay(10);
        }
    });
    return pool.total();
};

}  // namespace worker_pool

using namespace worker_pool;

RACEPAIR_CASE("channels.worker_pool")
    .lesson(
        "By channel each job goes to exactly one worker and each result comes back: nothing "
        "else is shared.")
    .exercise("Who adds up the wages in Fixed, and when? Why is no lock needed for the sum?")
    .scope({.threads = 3, .rounds = 5})
    .explore_scope({.threads = 2, .rounds = 2})
    .expects([](racepair::Scope scope) { return 10 * scope.rounds; })
    .scenario(work_together)
    .racy<Racy>()
    .wrong_fix<JobsOnly>("jobs_only", racepair::Defect::data_race)
    .blind("plain", racepair::When::always, "so short a gap is seldom hit", 0.9)
    .fixed<Fixed>();
