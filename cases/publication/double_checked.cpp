// double_checked: a lock is only needed as long as there is nothing, so the
// pointer is looked at before locking. That first look has no lock, so it needs
// an atomic pointer, which has to bring along what it points to.

#include <atomic>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace double_checked {

struct Racy {
    std::mutex mutex;
    int made = 0;
    int* thing = nullptr;
    int get() {
        if (thing) return *thing;  // reads while another one writes, locked
        std::lock_guard lock(mutex);
        if (thing) return made;
        made = 42;
        thing = &made;
        return made;
    }
};

struct Relaxed {
    std::mutex mutex;
    int made = 0;
    std::atomic<int*> thing = nullptr;
    int get() {
        int* seen = thing.load(std::memory_order_relaxed);
        if (seen) return *seen;  // the pointer is there, is the thing?
        std::lock_guard lock(mutex);
        if (thing) return made;
        made = 42;
        thing.store(&made, std::memory_order_relaxed);
        return made;
    }
};

struct Fixed {
    std::mutex mutex;
    int made = 0;
    std::atomic<int*> thing = nullptr;
    int get() {
        int* seen = thing.load(std::memory_order_acquire);
        if (seen) return *seen;  // acquired: all that was released with it
        std::lock_guard lock(mutex);
        if (thing) return made;
        made = 42;
        thing.store(&made, std::memory_order_release);
        return made;
    }
};

// The second one comes when the thing is there: in time, which is no order.
constexpr auto one_after_the_other = [](auto& lazy) {
    racepair::Order order;
    int second = 0;
    std::thread later([&] {
        order.await(1);
        second = lazy.get();
    });
    const int first = lazy.get();
    order.arrive();
    later.join();
    return first + second;
};

}  // namespace double_checked

using namespace double_checked;

RACEPAIR_CASE("publication.double_checked")
    .lesson("The look without a lock needs an acquire, the store a release.")
    .exercise(
        "Make the pointer of `racy` volatile: does either report go away? And "
        "could the look under the lock be relaxed?")
    .expects(84)
    .scenario(one_after_the_other)
    .blind("plain", racepair::When::always, "the thing is there by then")
    .racy<Racy>()
    .wrong_fix<Relaxed>("relaxed", racepair::Defect::data_race)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
