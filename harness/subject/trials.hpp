#pragma once

#include <string>
#include <vector>

#include "racepair/registry.hpp"

namespace racepair::subject {

/// When a run of trials ends. At least `trials` trials are run, then:
/// - with neither `until_report` nor `until_outcome_not`, it ends (with `trials` = 0, once
/// `budget_ms` have passed);
/// - otherwise it goes on until a report came, or an outcome that is not one of those, or
/// `budget_ms` have passed, with the members of the team spread over the CPUs (spread.hpp).
struct Plan {
    long long trials = 1;
    long long budget_ms = 0;
    bool until_report = false;
    std::vector<std::string> until_outcome_not{};
};

/// Runs one trial with a single thread, where no other thread can interfere, and leaves its outcome
/// as evidence: a variant that is wrong even so is not wrong because of a race. A case that
/// needs company (CaseEntry::needs_company) has its control called instead, if it states one.
void run_alone(const CaseEntry& entry, const VariantEntry& variant);

/// Runs trials of one variant and leaves as evidence: entered, outcomes as counts, finished. Counts
/// are sent at least once a millisecond of trial time, so that a crash loses at most that much.
/// Cost above the trial's own work: about 0.2 µs a trial.
void run_trials(const CaseEntry& entry, const VariantEntry& variant, const Plan& plan);

}  // namespace racepair::subject
