// apache_21287_refcount: the last one to let go of a cached object cleans it
// up. The count goes down in one atomic step, and is looked at in another: two
// who let go before either of them looks are both the last one.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"

namespace apache_21287_refcount {

struct Racy {
    std::atomic<int> references = 0, cleanups = 0;
    void release() {
        --references;
        std::this_thread::yield();
        if (references == 0) ++cleanups;  // whose zero is it?
    }
};

struct Fixed {
    std::atomic<int> references = 0, cleanups = 0;
    void release() {
        const int left = --references;  // the value of this very step
        std::this_thread::yield();
        if (left == 0) ++cleanups;
    }
};

struct RemembersIt {
    std::atomic<int> references = 0, cleanups = 0;
    std::atomic<bool> is_cleaned = false;
    void release() {
        --references;
        std::this_thread::yield();
        if (references == 0 && !is_cleaned) {
            std::this_thread::yield();  // the same gap, one variable later
            is_cleaned = true;
            ++cleanups;
        }
    }
};

constexpr auto all_let_go = [](auto& object, auto& team) {
    object.references = team.threads();
    team.run([&] { object.release(); });
    return object.cleanups.load();
};

}  // namespace apache_21287_refcount

using namespace apache_21287_refcount;

RACEPAIR_CASE("real.apache_21287_refcount")
    .lesson("The result of an atomic step is what it returns, not what one reads afterwards.")
    .exercise("Two clean up: what would happen if the object were really freed?")
    .source("Apache httpd bug 21287 (2003); S. Lu et al., Learning from Mistakes, 2008")
    .scope({.threads = 8, .rounds = 1})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects(1)
    .scenario(all_let_go)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<RemembersIt>("remembers_it", racepair::Defect::race_condition)
    .fixed<Fixed>();
