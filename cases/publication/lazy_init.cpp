// lazy_init: a thing is made when it is first needed, by whoever needs it.
// Two threads that look at the same time both find nothing, and both make it.

#include <array>
#include <atomic>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace lazy_init {

struct Racy {
    std::once_flag once;
    int* thing = nullptr;
    int& get(auto& make) {
        if (!thing) thing = make();  // nothing there yet, says each of them
        return *thing;
    }
};

struct LooksTwice {
    std::once_flag once;
    int* thing = nullptr;
    int& get(auto& make) {
        if (!thing) {
            int* const made = make();
            if (!thing) thing = made;  // too late: made it is
        }
        return *thing;
    }
};

struct AtomicLook {
    std::once_flag once;
    std::atomic<int*> thing = nullptr;
    int& get(auto& make) {
        if (!thing) thing = make();  // two atomic steps, and a gap
        return *thing;
    }
};

struct Fixed {
    std::once_flag once;
    int* thing = nullptr;
    int& get(auto& make) {
        std::call_once(once, [&] { thing = make(); });  // others wait for it
        return *thing;
    }
};

constexpr auto everybody_needs_it = [](auto& lazy, auto& team) {
    std::array<int, 8> things = {};
    std::atomic<int> made = 0;
    const auto make = [&] {
        std::this_thread::yield();  // it takes a while
        return &things.at(made++);
    };
    team.run([&] { (void)lazy.get(make); });
    return made.load();
};

}  // namespace lazy_init

using namespace lazy_init;

RACEPAIR_CASE("publication.lazy_init")
    .lesson(
        "First use by several threads is a race to make: std::call_once has "
        "one winner.")
    .exercise(
        "`atomic_look` has no data race. Who owns the thing that lost? A static "
        "local variable would do for `fixed` too: who locks then, and why could this scenario "
        "make it only once?")
    .scope({.threads = 8, .rounds = 1})
    .expects(1)
    .scenario(everybody_needs_it)
    .racy<Racy>()
    .wrong_fix<LooksTwice>("looks_twice", racepair::Defect::data_race)
    .wrong_fix<AtomicLook>("atomic_look", racepair::Defect::race_condition)
    .fixed<Fixed>()
    .false_alarm("helgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
