#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exploration.hpp"
#include "frame.hpp"

namespace racepair::judge {

/// What a subject says of itself.
struct Identity {
    int protocol = 0;
    std::string program;
    std::string compiler;  // "clang" or "gcc"
    std::string compiler_version;
    std::string architecture;
    std::string flags;
    bool instrumented = false;  // the subject's own files; a case file says it for itself
    bool optimised = false;
    std::string runtime;  // "tsan", "explorer", or "" where none is linked
    bool reports_can_be_read = false;
    std::string options;              // TSAN_OPTIONS as the subject found them
    std::string compiled_in_options;  // __tsan_default_options()
    int cpus_online = 0;
    int cpus_allowed = 0;
};

/// A known exception to the default expectation, as the case states it.
struct KnownException {
    std::string stance;    // "blind" or "false_alarm"
    std::string detector;  // "tsan", "tsan-gcc", "tsan-clang14"
    std::string when;      // "always", "optimised", "one_cpu" or "optimised_on_one_cpu"
    std::string why;
    double at_most = 0;
};

struct VariantInfo {
    std::string name;
    std::string type;
    std::string kind;    // "racy", "wrong_fix" or "fixed"
    std::string defect;  // "none", "data_race", "race_condition", "lifetime" …
    std::vector<KnownException> exceptions;
    // Code of the line at which a compiler's analysis of locks has to warn; "": at none.
    std::string warned_line{};
};

/// How large a trial is when its schedules are explored, and what is right then.
struct ExploreScope {
    int threads = 0;
    int rounds = 0;
    std::vector<std::string> expected;
};

/// A report that a whole program has to show.
struct SoughtReport {
    std::string kind;   // in the detector's words: "data-race"
    std::string place;  // a function, as the source spells it, or a file
};

/// What is known of a subject that is no collection of cases but a program with a main() of its
/// own: it runs once in a process, with these arguments.
struct ProgramInfo {
    std::vector<std::string> arguments;
    std::vector<SoughtReport> sought;  // all of them, and nothing else; none: not one report
};

struct CaseInfo {
    std::string name;  // "<mechanism>.<case>"
    std::string file;
    int line = 0;
    bool instrumented = false;
    bool optimised = false;
    std::string lesson;
    std::string exercise;
    std::string source;  // what it was cut from, "" where it was made up
    int threads = 0;
    int rounds = 0;
    int at_most_trials = 0;
    std::string may_hang;  // why a trial may never end; "": it ends
    std::vector<std::string> expected;
    std::vector<std::string> interesting;  // not right, and possible where memory is weakly ordered
    std::vector<KnownException> exceptions;
    std::vector<VariantInfo> variants;
    ExploreScope explore_scope;
    std::optional<ProgramInfo> program{};  // where the case is a whole program

    std::string mechanism() const { return name.substr(0, name.find('.')); }
};

/// One of the accesses that a report is about.
struct Access {
    int thread = 0;
    bool write = false;
    bool atomic = false;
    int size = 0;  // bytes
    std::string address;
    bool in_object = false;    // within the variant's own object
    std::vector<Frame> stack;  // innermost first
};

/// A thread that could not go on, and what it waited for.
struct Wait {
    int thread = 0;
    std::string what;    // "lock", "notification", "thread" …
    std::string object;  // its address
    int held_by = -1;    // the thread that would have to act; -1: nobody in particular
};

/// What a detector's runtime reported, once.
struct Report {
    std::string kind;  // in the detector's words: "data-race", "thread-leak" …
    std::string variant;
    long long trial = -1;  // -1: before the first trial
    std::vector<Access> accesses;
    std::vector<std::vector<Frame>> stacks;  // where there is no access
    // Of a data race: where a value was stored in an atomic and where it was loaded, if that could
    // have ordered the two accesses.
    std::vector<std::vector<Frame>> handover;
    std::string what;         // in the runtime's own words, where it has any
    std::vector<Wait> waits;  // of a deadlock and its like
    long long times = 1;      // of a result: how many alike it stands for
};

struct OutcomeCount {
    std::string outcome;
    bool flagged = false;  // a report came during the trial
    long long count = 0;
};

/// Is the outcome one of those that count as right?
bool is_right(const std::string& outcome, const std::vector<std::string>& expected);

/// What one variant left while its trials ran.
struct VariantRun {
    bool entered = false;
    long long told = 0;
    std::optional<std::string> alone;  // the outcome with one thread only, where it was tried
    std::vector<std::string> alone_expected;  // … and what it should be
    std::vector<OutcomeCount> outcomes;
    long long trials = 0;  // those with an outcome
    bool finished = false;
    std::string because;  // "trials", "seen" or "budget"
    long long microseconds = 0;
    std::vector<Report> reports;
    std::vector<Report> suppressed;         // those that a suppression kept from being reports
    std::optional<Exploration> explored;    // where schedules were explored, not trials run
    std::optional<ScheduleStory> schedule;  // … and one of them went wrong
};

/// All that a subject left, read but not yet weighed. A line that cannot be read, or that
/// contradicts another, is a fault: the evidence as a whole cannot be trusted then.
struct Evidence {
    std::optional<Identity> identity;
    std::vector<CaseInfo> cases;
    std::map<std::string, VariantRun> runs;  // by "<mechanism>.<case>.<variant>"
    std::vector<std::string> troubles;       // what the subject itself says went wrong
    std::vector<std::string> faults;
    bool bye = false;        // the last record: the process came to an orderly end
    bool cut_short = false;  // the last line has no end

    const CaseInfo* find_case(std::string_view name) const;

    /// What a variant left; an empty run if that is nothing.
    const VariantRun& run_of(const std::string& variant) const;
};

/// Adds what a further process left about the same variant, as if one process had run all the
/// trials.
void append(Evidence& evidence, Evidence&& further, const std::string& variant);

/// Reads the bytes of the evidence pipe, one JSON object a line. Never throws: whatever is wrong
/// becomes a fault.
Evidence read_evidence(std::string_view bytes);

}  // namespace racepair::judge
