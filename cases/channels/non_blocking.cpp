// non_blocking: take a value if there is one, else go on. Each call that
// drains this queue is locked; but that it was not empty is an old story by the
// time of the pop.

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "channel.hpp"
#include "racepair/case.hpp"

namespace non_blocking {

struct Racy {
    std::mutex mutex;
    std::deque<int> values;
    void put(int value) { values.push_back(value); }
    bool empty() {
        std::lock_guard lock(mutex);
        return values.empty();
    }
    int pop() {
        std::lock_guard lock(mutex);
        if (values.empty()) return 1000;  // it was not empty just now!
        const int value = values.front();
        values.pop_front();
        return value;
    }
    int drain() {
        int sum = 0;
        while (!empty()) {
            std::this_thread::yield();
            sum += pop();
        }
        return sum;
    }
};

struct Fixed {
    channels::channel<int> values{100};
    void put(int value) { values.send(value); }
    int drain() {
        int sum = 0;
        while (auto value = values.try_receive()) sum += *value;  // one step
        return sum;
    }
};

struct FrontThenPop {
    std::mutex mutex;
    std::deque<int> values;
    void put(int value) { values.push_back(value); }
    std::optional<int> front() {
        std::lock_guard lock(mutex);
        return values.empty() ? std::nullopt : std::optional(values.front());
    }
    void pop() {
        std::lock_guard lock(mutex);
        if (!values.empty()) values.pop_front();
    }
    int drain() {
        int sum = 0;
        while (auto value = front()) {
            std::this_thread::yield();
            sum += *value;
            pop();  // the one that was looked at?
        }
        return sum;
    }
};

constexpr auto drain_together = [](auto& queue, auto& team) {
    for (int i = 1; i <= team.rounds(); ++i) queue.put(i);
    std::atomic<int> sum = 0;
    team.run([&] { sum += queue.drain(); });
    return sum.load();
};

}  // namespace non_blocking

using namespace non_blocking;

RACEPAIR_CASE("channels.non_blocking")
    .lesson("Whether there is a value and taking it must be one step: try, do not ask.")
    .exercise("Every call of drain() is locked. Between which two does the last value go?")
    .scope({.threads = 4, .rounds = 20})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](racepair::Scope scope) { return scope.rounds * (scope.rounds + 1) / 2; })
    .scenario(drain_together)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<FrontThenPop>("front_then_pop", racepair::Defect::race_condition)
    .fixed<Fixed>();
