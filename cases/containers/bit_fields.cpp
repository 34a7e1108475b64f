// bit_fields: one thread counts in the one field, another one in the other.
// Adjacent bit-fields are one memory location ([intro.memory]): to store one is
// to read both, replace one, and write both.

#include <mutex>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace bit_fields {

struct Racy {
    std::mutex left_mutex, right_mutex;
    unsigned left : 15 = 0;
    unsigned right : 16 = 0;  // no place of its own
    void count_left() { left = left + 1; }
    void count_right() { right = right + 1; }
};

struct Volatile {
    std::mutex left_mutex, right_mutex;
    volatile unsigned left : 15 = 0;
    volatile unsigned right : 16 = 0;  // still in the word of the other
    void count_left() { left = left + 1; }
    void count_right() { right = right + 1; }
};

struct LockPerField {
    std::mutex left_mutex, right_mutex;
    unsigned left : 15 = 0;
    unsigned right : 16 = 0;
    void count_left() {
        std::lock_guard lock(left_mutex);
        left = left + 1;
    }
    void count_right() {
        std::lock_guard lock(right_mutex);  // two locks, one location
        right = right + 1;
    }
};

struct Fixed {
    std::mutex left_mutex, right_mutex;
    unsigned left : 15 = 0;
    unsigned : 0;  // the next field begins a location of its own
    unsigned right : 16 = 0;
    void count_left() { left = left + 1; }
    void count_right() { right = right + 1; }
};

constexpr auto count_both = [](auto& scales, auto& team) {
    racepair::Order order;
    team.run([&](int member) {
        order.arrive();
        order.await(team.threads());  // start together
        for (int i = 0; i < team.rounds(); ++i)
            member == 0 ? scales.count_left() : scales.count_right();
    });
    return scales.left + scales.right;
};

}  // namespace bit_fields

using namespace bit_fields;

RACEPAIR_CASE("containers.bit_fields")
    .lesson("Adjacent bit-fields are one memory location and need one lock.")
    .exercise(
        "Make both fields 16 bits wide and look at the instructions of g++ -O2 and of clang++ -O2: "
        "with which is the loss gone? And the race? Which other repair needs no lock?")
    .scope({.threads = 2, .rounds = 4000})
    .at_most_trials(500)
    .explore_scope({.threads = 2, .rounds = 1})
    .roles(2)
    .expects([](auto scope) { return scope.threads * scope.rounds; })
    .scenario(count_both)
    .blind("plain", racepair::When::optimised_on_one_cpu,
           "threads take turns and rarely switch in so short a gap", 0.9)
    .racy<Racy>()
    .blind("plain", racepair::When::optimised,
           "an optimiser folds the whole loop into one addition", 0.9)
    .wrong_fix<Volatile>("volatile", racepair::Defect::data_race)
    .wrong_fix<LockPerField>("lock_per_field", racepair::Defect::data_race)
    .fixed<Fixed>();
