// unlock_twice: the way out for errors unlocks, and so does the end of the
// function, which it reaches as well. Only the owner may unlock,
// [thread.mutex.requirements.mutex], and after the first time nobody is: by
// then it may be another's lock.

#include <mutex>

#include "racepair/case.hpp"

namespace unlock_twice {

struct Racy {
    std::mutex mutex;
    int sold = 0;
    bool sell(int wanted, int stock) {
        mutex.lock();
        const bool enough = wanted <= stock;
        if (!enough) mutex.unlock();  // and no return
        sold += enough ? wanted : 0;
        mutex.unlock();
        return enough;
    }
};

struct Fixed {
    std::mutex mutex;
    int sold = 0;
    bool sell(int wanted, int stock) {
        std::lock_guard lock(mutex);  // unlocks once, on every way out
        const bool enough = wanted <= stock;
        sold += enough ? wanted : 0;
        return enough;
    }
};

struct GuardToo {
    std::mutex mutex;
    int sold = 0;
    bool sell(int wanted, int stock) {
        std::lock_guard lock(mutex);
        const bool enough = wanted <= stock;
        if (!enough) {
            mutex.unlock();  // left over, and the guard does not know of it
            return false;
        }
        sold += wanted;
        return true;
    }
};

constexpr auto sell_too_much = [](auto& shop) {
    const bool is_sold = shop.sell(5, 3);
    return is_sold ? "sold" : "refused";
};

}  // namespace unlock_twice

using namespace unlock_twice;

RACEPAIR_CASE("locks.unlock_twice")
    .lesson("Leave unlocking to one guard: a second unlock gives away what another thread holds.")
    .exercise("Let a second thread lock between the two unlocks. Who holds the mutex afterwards?")
    .expects("refused")
    .scenario(sell_too_much)
    .racy<Racy>("racy", racepair::Defect::lock_misuse)
    .wrong_fix<GuardToo>("guard_too", racepair::Defect::lock_misuse)
    .fixed<Fixed>();
