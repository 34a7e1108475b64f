// reference_count: users leave an object, and the last one destroys it. A count
// that misses a departure never becomes zero, and nobody destroys it; one that
// is read again may be zero for two, and both do. And the last one may only
// destroy what all others have finished reading.

#include <atomic>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace reference_count {

struct Racy {
    long content = 42;
    long users = 0;
    bool leave() { return --users == 0; }  // read, subtract, write
};

struct Volatile {
    long content = 42;
    volatile long users = 0;
    bool leave() {
        users = users - 1;  // the same three steps
        return users == 0;  // read again: two may see zero
    }
};

struct Relaxed {
    long content = 42;
    std::atomic<long> users = 0;
    bool leave() {
        // counts right, and says nothing of what was done before
        return users.fetch_sub(1, std::memory_order_relaxed) == 1;
    }
};

struct Fixed {
    long content = 42;
    std::atomic<long> users = 0;
    bool leave() {
        // releases its own reads, and the last one acquires those of all
        return users.fetch_sub(1, std::memory_order_acq_rel) == 1;
    }
};

constexpr auto read_and_leave = [](auto& object, auto& team) {
    object.users = team.threads() * team.rounds();
    racepair::Order order;
    std::atomic<int> destroyed = 0;
    team.run([&] {
        order.arrive();
        order.await(team.threads());  // start together
        for (int i = 0; i < team.rounds(); ++i) {
            if (object.content != 42) return;  // gone before its last user
            if (!object.leave()) continue;
            object.content = 0;  // stands for its destruction
            ++destroyed;
        }
    });
    return destroyed.load();
};

}  // namespace reference_count

using namespace reference_count;

RACEPAIR_CASE("containers.reference_count")
    .lesson(
        "A reference count has two duties: miss no departure, and order every "
        "use before the end.")
    .exercise(
        "In `relaxed` no count is ever wrong. Which two accesses does the "
        "report name, and which line orders them in `fixed`?")
    .scope({.threads = 2, .rounds = 10000})
    .at_most_trials(100)
    .explore_scope({.threads = 2, .rounds = 1})
    .expects(1)
    .scenario(read_and_leave)
    .blind("plain", racepair::When::optimised_on_one_cpu,
           "threads take turns and rarely switch in so short a gap", 0.9)
    .racy<Racy>()
    .wrong_fix<Volatile>("volatile", racepair::Defect::data_race)
    .wrong_fix<Relaxed>("relaxed", racepair::Defect::data_race)
    .blind("plain", racepair::When::always, "the count is right")
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
