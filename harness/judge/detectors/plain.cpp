#include "../detector.hpp"
#include "../evidence.hpp"

namespace racepair::judge {

/// The program as it is: what it returns is the evidence.
const Detector& plain_detector() {
    static const Detector plain = {
        .name = "plain",
        .long_name = "plain runs",
        .sees_outcomes = true,
        .trials_to_flag = 200,
        .trials_to_trust = 1000,
        .signs_of_defect = {{"data_race", {.outcome = true}},
                            {"race_condition", {.outcome = true}},
                            {"weak_memory", {.outcome = true}}},
        .blind_to = {{"lifetime", {.why = "the memory is still there, and holds what it held"}},
                     {"lock_order", {.why = "in this order nobody waits"}},
                     {"lock_misuse", {.why = "nobody checks"}},
                     {"weak_memory",
                      {.why = "it takes two CPUs and luck, and a CPU that reorders so",
                       .at_most = 1}}},
        .fits =
            [](const Identity& identity) {
                return identity.runtime.empty() && !identity.instrumented;
            },
        .prepare = [](const Machine&) { return Preparation{}; },
    };
    return plain;
}

}  // namespace racepair::judge
