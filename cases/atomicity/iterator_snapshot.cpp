// iterator_snapshot: a list that locks in each of its functions is walked by
// index, while somebody replaces its contents. Each step is exact, and the
// walk has been through two lists, or past the end of one.

#include <atomic>
#include <mutex>
#include <numeric>
#include <thread>
#include <vector>

#include "racepair/case.hpp"

namespace iterator_snapshot {

constexpr int none = -1;

struct List {
    std::mutex mutex;
    std::vector<int> items = {1, 2, 3};
    std::size_t size() {
        std::lock_guard lock(mutex);
        return items.size();
    }
    int at(std::size_t index) {
        std::lock_guard lock(mutex);
        return index < items.size() ? items[index] : none;
    }
    void replace(std::vector<int> others) {
        std::lock_guard lock(mutex);
        items.swap(others);
    }
};

struct Racy : List {
    int sum() {
        int all = 0;
        for (std::size_t i = 0; i < size(); ++i) {
            std::this_thread::yield();
            all += at(i);  // the list was longer a moment ago
        }
        return all;
    }
};

struct StopsAtNone : List {
    int sum() {
        int all = 0, item;
        for (std::size_t i = 0; (item = at(i)) != none; ++i) {
            std::this_thread::yield();
            all += item;  // half of each list adds up as well
        }
        return all;
    }
};

struct Fixed : List {
    int sum() {
        std::lock_guard lock(mutex);  // one list, from its begin to its end
        return std::accumulate(items.begin(), items.end(), 0);
    }
};

constexpr auto sum_while_replaced = [](auto& list, auto& team) {
    std::atomic<int> mixed = 0;
    team.run([&](int member) {
        for (int i = 0; i < team.rounds(); ++i) {
            if (member == 0) list.replace({10});
            const int sum = list.sum();
            if (sum != 6 && sum != 10) ++mixed;
            if (member == 0) list.replace({1, 2, 3});
        }
    });
    return mixed.load();
};

}  // namespace iterator_snapshot

using namespace iterator_snapshot;

RACEPAIR_CASE("atomicity.iterator_snapshot")
    .lesson("Steps that lock are no walk that is locked: take the lock once, around the walk.")
    .exercise(
        "Which sums can StopsAtNone give? Why is a wrong one of them worse than "
        "an index out of range? When would you rather copy the list?")
    .scope({.threads = 3, .rounds = 20})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects(0)
    .scenario(sum_while_replaced)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<StopsAtNone>("stops_at_none", racepair::Defect::race_condition)
    .fixed<Fixed>();
