#include "../detector.hpp"
#include "../evidence.hpp"

namespace racepair::judge {

/// Valgrind's helgrind: the plain program on a CPU of software that watches every access and every
/// lock. It knows the calls of pthreads and takes an atomic for what it is made of.
const Detector& helgrind_detector() {
    static const Detector helgrind = {
        .name = "helgrind",
        .long_name = "Helgrind",
        .sees_reports = true,
        .valgrind_tool = "helgrind",
        .trials_to_flag = 1,
        .trials_to_trust = 1,
        .signs_of_defect = {{"data_race", {.kinds = {"data-race"}}},
                            {"lifetime", {.kinds = {"data-race"}}},
                            {"lock_order", {.kinds = {"lock-order-inversion"}}},
                            {"lock_misuse", {.kinds = {"mutex-misuse", "condition-misuse"}}}},
        .blind_to = {{"race_condition",
                      {.why = "there is no data race: each access is synchronised, only the "
                              "result is wrong"}},
                     {"weak_memory", {.why = "there is no data race: each access is atomic"}}},
        .fits = plain_detector().fits,
        .prepare = [](const Machine&) { return Preparation{}; },
    };
    return helgrind;
}

}  // namespace racepair::judge
