// compare_outside: a record is kept; whoever has more writes it down. A
// compare-and-swap may fail, and says so: what was seen before it is then out
// of date, and so is every comparison that was made with it.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"

namespace compare_outside {

struct Racy {
    std::atomic<int> record = 0;
    void offer(int mine) {
        int seen = record;
        std::this_thread::yield();
        // it failed, and nobody asked
        if (mine > seen) record.compare_exchange_strong(seen, mine);
    }
};

struct ComparesOnce {
    std::atomic<int> record = 0;
    void offer(int mine) {
        int seen = record;
        std::this_thread::yield();
        if (mine > seen)  // true of the first one seen
            while (!record.compare_exchange_weak(seen, mine)) {
            }
    }
};

struct Fixed {
    std::atomic<int> record = 0;
    void offer(int mine) {
        int seen = record;
        std::this_thread::yield();
        // compares with what is there now, each time
        while (mine > seen && !record.compare_exchange_weak(seen, mine)) {
        }
    }
};

constexpr auto keep_the_record = [](auto& board, auto& team) {
    std::atomic<int> lost = 0;
    team.run([&](int member) {
        for (int i = 0; i < team.rounds(); ++i) {
            const int mine = 1 + i * team.threads() + member;
            board.offer(mine);
            if (board.record < mine) ++lost;
        }
    });
    return lost.load();
};

}  // namespace compare_outside

using namespace compare_outside;

RACEPAIR_CASE("atomicity.compare_outside")
    .lesson("A failed compare-and-swap means: look again, and decide again.")
    .exercise(
        "Which variable does a compare-and-swap change when it fails? In which variant does nobody "
        "look at it then, and in which does nobody compare it with `mine`?")
    .scope({.threads = 4, .rounds = 50})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects(0)
    .scenario(keep_the_record)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<ComparesOnce>("compares_once", racepair::Defect::race_condition)
    .fixed<Fixed>();
