// timed_mutex: whoever cannot have the lock for a while goes away without it.
// try_lock_for says whether it was had [thread.timedmutex.requirements]; a
// unique_lock that was not is still an object, and protects nothing.

#include <chrono>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace timed_mutex {

using namespace std::chrono_literals;

struct Racy {
    std::timed_mutex mutex;
    int visits = 0;
    bool visit(auto look_around) {
        std::unique_lock lock(mutex, 1ms);
        ++visits;  // inside, or so it believes
        look_around();
        return true;
    }
};

struct Fixed {
    std::timed_mutex mutex;
    int visits = 0;
    bool visit(auto look_around) {
        std::unique_lock lock(mutex, 1ms);
        if (!lock.owns_lock()) return false;  // comes back another time
        ++visits;
        look_around();
        return true;
    }
};

struct Patient {
    std::timed_mutex mutex;
    int visits = 0;
    bool visit(auto look_around) {
        std::unique_lock lock(mutex, 1ms);
        if (!lock) lock.try_lock_for(5ms);  // longer, and no better
        ++visits;
        look_around();
        return true;
    }
};

constexpr auto come_while_it_is_busy = [](auto& museum) {
    racepair::Order order;  // orders, and synchronises nothing
    const auto stay = [&] { order.arrive(), order.await(2); };
    std::thread first([&] { museum.visit(stay); });
    order.await(1);
    const bool was_in = museum.visit([] {});  // in vain: it is busy
    order.arrive();
    first.join();
    if (!was_in) museum.visit([] {});
    return museum.visits;
};

}  // namespace timed_mutex

using namespace timed_mutex;

RACEPAIR_CASE("silent.timed_mutex")
    .lesson("try_lock_for can come back without the lock: look before you touch anything.")
    .exercise("Find the time limit that makes Patient right, or the reason why there is none.")
    .source("google/sanitizers#1620")
    .at_most_trials(30)
    .expects(2)
    .scenario(come_while_it_is_busy)
    .blind("plain", racepair::When::always, "here one visit is counted long before the other")
    .racy<Racy>()
    .wrong_fix<Patient>("patient", racepair::Defect::data_race)
    .fixed<Fixed>()
    .false_alarm("helgrind", racepair::When::always,
                 "it does not know the call by which try_lock_for locks")
    .false_alarm("tsan-gcc12", racepair::When::always,
                 "its runtime does not see pthread_mutex_clocklock")
    .false_alarm("tsan-clang14", racepair::When::always,
                 "its runtime does not see pthread_mutex_clocklock");
