#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace racepair::judge {

struct Identity;
struct Machine;

/// What a subject is started with, and what had to be said or done about the user's own settings.
struct Preparation {
    std::map<std::string, std::string> environment;
    std::vector<std::string> notes;     // what the judge neutralised or switched off
    std::vector<std::string> problems;  // why nothing that runs with this can be trusted
    bool aslr_off = false;
};

/// A way to run a subject, and what it can see. A description, not a class to derive from: to add a
/// detector is to write one more of these, in a file of its own.
struct Detector {
    std::string name;
    std::string long_name;

    bool sees_outcomes = false;   // a wrong outcome is what it catches
    bool sees_reports = false;    // a report is what it catches
    bool explores = false;        // it runs schedules, and can say that it has run all of them
    bool compiles = false;        // it reads the case's source and runs nothing
    std::string valgrind_tool{};  // the tool of valgrind that runs the subject; "": none
    std::vector<std::string> tool_options{};

    /// How many trials are run when nobody says how many: of a variant that must be flagged, which
    /// are few, because trials go on until it is, and of any other.
    long long trials_to_flag = 0;
    long long trials_to_trust = 0;

    /// How a defect shows: by a wrong outcome, or by a report of one of these kinds.
    struct Signs {
        bool outcome = false;
        std::vector<std::string> kinds{};
    };

    /// The defects that it can see, and must show where nothing else is said.
    std::map<std::string, Signs> signs_of_defect;

    /// A defect that it cannot see, or not surely.
    struct Blindness {
        std::string why;
        bool outcome_must_show = false;  // its trials have to come out wrong all the same
        double at_most = 0;              // the share of trials that may show it after all
    };
    std::map<std::string, Blindness> blind_to;

    /// Is this subject built for it?
    bool (*fits)(const Identity& identity);

    /// Environment and settings for a subject on this machine.
    Preparation (*prepare)(const Machine& machine);
};

const Detector& plain_detector();
const Detector& tsan_detector();
const Detector& explore_detector();
const Detector& helgrind_detector();
const Detector& drd_detector();
const Detector& thread_safety_detector();

/// All detectors, in the order in which they are shown.
const std::vector<const Detector*>& all_detectors();

/// nullptr if there is none of that name.
const Detector* find_detector(std::string_view name);

constexpr std::string_view all_of_valgrind = "valgrind";

/// Does `name` mean this detector, in this subject? It may be narrowed to a compiler or to one of
/// its major versions: "tsan", "tsan-gcc", "tsan-clang14". "valgrind" means all that run under it.
bool names(std::string_view name, const Detector& detector, const Identity& identity);

/// Could `name` mean a detector, in some subject?
bool names_any_detector(std::string_view name);

/// The detector that a subject was built for.
const Detector& detector_of(const Identity& identity);

}  // namespace racepair::judge
