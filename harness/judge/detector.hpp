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

    bool sees_outcomes = false;  // a wrong outcome is what it catches
    bool sees_reports = false;   // a report is what it catches
    bool explores = false;       // it runs schedules, and can say that it has run all of them

    /// How many trials are run when nobody says how many: of a variant that must be flagged, which
    /// are few, because trials go on until it is, and of any other.
    long long trials_to_flag = 0;
    long long trials_to_trust = 0;

    /// How a defect shows: by a wrong outcome, or by a report of one of these kinds.
    struct Signs {
        bool outcome = false;
        std::vector<std::string> kinds{};
    };

    /// The defects that it can see.
    std::map<std::string, Signs> signs_of_defect;

    /// Why it does not see a defect that is not in that list.
    std::map<std::string, std::string> blind_to;

    /// Is this subject built for it?
    bool (*fits)(const Identity& identity);

    /// Environment and settings for a subject on this machine.
    Preparation (*prepare)(const Machine& machine);
};

const Detector& plain_detector();
const Detector& tsan_detector();
const Detector& explore_detector();

/// All detectors, in the order in which they are shown.
const std::vector<const Detector*>& all_detectors();

/// nullptr if there is none of that name.
const Detector* find_detector(std::string_view name);

/// The detector that a subject was built for.
const Detector& detector_of(const Identity& identity);

}  // namespace racepair::judge
