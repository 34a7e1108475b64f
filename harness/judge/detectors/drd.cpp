#include "../detector.hpp"
#include "../evidence.hpp"

namespace racepair::judge {

/// Valgrind's DRD: as Helgrind, with another algorithm. It remembers where a thread was between two
/// of its synchronisations, not each access, and does not look at the order of locks.
const Detector& drd_detector() {
    static const Detector drd = {
        .name = "drd",
        .long_name = "DRD",
        .sees_reports = true,
        .valgrind_tool = "drd",
        // It would leave out the stacks, where threads share variables too.
        .tool_options = {"--check-stack-var=yes"},
        .trials_to_flag = 1,
        .trials_to_trust = 1,
        .signs_of_defect = {{"data_race", {.kinds = {"data-race"}}},
                            {"lifetime", {.kinds = {"data-race"}}},
                            {"lock_misuse", {.kinds = {"mutex-misuse", "condition-misuse"}}}},
        .blind_to = {{"race_condition",
                      {.why = "there is no data race: each access is synchronised, only the "
                              "result is wrong"}},
                     {"lock_order", {.why = "it does not watch the order of locks"}},
                     {"weak_memory", {.why = "there is no data race: each access is atomic"}}},
        .fits = plain_detector().fits,
        .prepare = [](const Machine&) { return Preparation{}; },
    };
    return drd;
}

}  // namespace racepair::judge
