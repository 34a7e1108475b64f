#include "../detector.hpp"
#include "../evidence.hpp"

namespace racepair::judge {

/// The explorer: schedule after schedule of the unmodified case, chosen and not waited for. A data
/// race is a report of two accesses, as everywhere; any other defect shows by what it leads to.
const Detector& explore_detector() {
    static const Detector explore = {
        .name = "explore",
        .long_name = "explored schedules",
        .sees_outcomes = true,
        .sees_reports = true,
        .explores = true,
        .signs_of_defect =
            {{"data_race", {.kinds = {"data-race"}}},
             {"lifetime", {.kinds = {"data-race", "heap-use-after-free", "double-free"}}},
             {"lock_order", {.kinds = {"lock-order-inversion", "deadlock"}}},
             {"lock_misuse",
              {.kinds = {"mutex-misuse", "condition-misuse", "thread-misuse", "thread-leak"}}},
             {"race_condition",
              {.outcome = true,
               .kinds = {"deadlock", "lock-order-inversion", "lost-wakeup", "livelock", "abort",
                         "crash", "heap-use-after-free", "double-free", "mutex-misuse",
                         "condition-misuse", "thread-misuse", "thread-leak"}}}},
        .blind_to = {{"weak_memory", {.why = "its schedules are sequentially consistent"}}},
        .fits = [](const Identity& identity) { return identity.runtime == "explorer"; },
        .prepare = [](const Machine&) { return Preparation{}; },
    };
    return explore;
}

}  // namespace racepair::judge
