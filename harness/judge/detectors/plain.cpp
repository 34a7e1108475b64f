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
                            {"race_condition", {.outcome = true}}},
        .blind_to = {},
        .fits =
            [](const Identity& identity) {
                return identity.runtime.empty() && !identity.instrumented;
            },
        .prepare = [](const Machine&) { return Preparation{}; },
    };
    return plain;
}

}  // namespace racepair::judge
