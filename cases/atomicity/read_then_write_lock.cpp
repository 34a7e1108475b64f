// read_then_write_lock: a table that is filled on demand. Whoever finds the
// place empty under the reader lock gives that lock back and takes the writer
// lock. Between the two everybody may pass, and what was found is out of date.

#include <mutex>
#include <shared_mutex>
#include <thread>

#include "racepair/case.hpp"

namespace read_then_write_lock {

struct Racy {
    std::shared_mutex mutex;
    int made = 0;
    bool is_there() {
        std::shared_lock lock(mutex);
        return made > 0;
    }
    void provide() {
        if (is_there()) return;
        std::this_thread::yield();
        std::unique_lock lock(mutex);
        ++made;  // somebody else has, too
    }
};

struct ChecksTwice {
    std::shared_mutex mutex;
    int made = 0;
    bool is_there() {
        std::shared_lock lock(mutex);
        return made > 0;
    }
    void provide() {
        if (is_there()) return;
        std::this_thread::yield();
        if (is_there()) return;  // and gives the lock back again
        std::this_thread::yield();
        std::unique_lock lock(mutex);
        ++made;
    }
};

struct Fixed {
    std::shared_mutex mutex;
    int made = 0;
    bool is_there() {
        std::shared_lock lock(mutex);
        return made > 0;
    }
    void provide() {
        if (is_there()) return;
        std::this_thread::yield();
        std::unique_lock lock(mutex);
        if (made == 0) ++made;  // looks again, under the lock it acts under
    }
};

constexpr auto provide_together = [](auto& table, auto& team) {
    team.run([&] { table.provide(); });
    return table.made;
};

}  // namespace read_then_write_lock

using namespace read_then_write_lock;

RACEPAIR_CASE("atomicity.read_then_write_lock")
    .lesson("Check again under the lock under which you act: the one before it is gone.")
    .exercise(
        "Why does std::shared_mutex not let a reader become a writer without "
        "letting go? Think of two readers who both want to.")
    .scope({.threads = 4, .rounds = 1})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects(1)
    .scenario(provide_together)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<ChecksTwice>("checks_twice", racepair::Defect::race_condition)
    .fixed<Fixed>();
