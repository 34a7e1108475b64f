// reader_upgrade: who finds nothing in the cache under a reader's lock wants to
// write and asks for the writer's lock too. Who owns a shared_mutex must not
// ask for it again, [thread.sharedmutex.class]; here the writer waits for all
// readers to leave, itself among them.

#include <mutex>
#include <shared_mutex>

#include "racepair/case.hpp"

namespace reader_upgrade {

struct Racy {
    std::shared_mutex mutex;
    bool cached = false;
    int computed = 0;
    void look_up() {
        std::shared_lock reader(mutex);
        if (cached) return;
        std::unique_lock writer(mutex);  // waits for all readers: for me
        cached = true;
        ++computed;
    }
};

struct Fixed {
    std::shared_mutex mutex;
    bool cached = false;
    int computed = 0;
    void look_up() {
        {
            std::shared_lock reader(mutex);
            if (cached) return;
        }
        std::unique_lock writer(mutex);
        if (cached) return;  // somebody was faster
        cached = true;
        ++computed;
    }
};

struct LetsGo {
    std::shared_mutex mutex;
    bool cached = false;
    int computed = 0;
    void look_up() {
        std::shared_lock reader(mutex);
        if (cached) return;
        reader.unlock();  // others come in here
        std::unique_lock writer(mutex);
        cached = true;
        ++computed;
    }
};

constexpr auto all_look_it_up = [](auto& cache, auto& team) {
    team.run([&] { cache.look_up(); });
    return cache.computed;
};

}  // namespace reader_upgrade

using namespace reader_upgrade;

RACEPAIR_CASE("locks.reader_upgrade")
    .lesson("A reader cannot become a writer: let go, take the writer's lock, and look again.")
    .exercise("Locks that allow upgrades exist. Why can only one reader at a time be promised one?")
    .explore_scope({.threads = 2, .rounds = 1})
    .may_hang("the reader waits for all readers to leave, and is one of them")
    .expects(1)
    .scenario(all_look_it_up)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<LetsGo>("lets_go", racepair::Defect::race_condition)
    .fixed<Fixed>();
