#include "../detector.hpp"
#include "../evidence.hpp"

namespace racepair::judge {

/// clang's thread-safety analysis (Hutchins, Ballman, Sutherland, 2014): the case's file is
/// compiled once more, and nothing runs. It sees what is annotated, in every schedule at once.
const Detector& thread_safety_detector() {
    static const Detector thread_safety = {
        .name = "thread_safety",
        .long_name = "-Wthread-safety",
        .sees_reports = true,
        .compiles = true,
        .signs_of_defect = {},
        .blind_to = {},
        .fits = [](const Identity& identity) { return identity.compiler == "clang"; },
        .prepare = [](const Machine&) { return Preparation{}; },
    };
    return thread_safety;
}

}  // namespace racepair::judge
