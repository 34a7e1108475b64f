#pragma once

#include <string>
#include <vector>

#include "chance.hpp"
#include "evidence.hpp"
#include "expectation.hpp"
#include "subject_process.hpp"
#include "verdict.hpp"

namespace racepair::judge {

struct Detector;

/// The two observations of a trial, crossed: flagged by a report or not, outcome wrong or not.
struct Cells {
    long long flagged_wrong = 0;
    long long flagged_right = 0;
    long long silent_wrong = 0;
    long long silent_right = 0;

    long long trials() const { return flagged_wrong + flagged_right + silent_wrong + silent_right; }
    Rate flagged() const { return {flagged_wrong + flagged_right, trials()}; }
    Rate wrong() const { return {flagged_wrong + silent_wrong, trials()}; }
};

/// All that is weighed for one variant.
struct Matter {
    const CaseInfo& info;
    const VariantInfo& variant;
    const Detector& detector;
    const Expectation& expectation;
    const Evidence& evidence;
    const Ending& ending;
    long long told = 0;                        // trials that the subject was asked for
    const std::vector<std::string>& problems;  // of the preparation
    std::string canary_silenced_by =
        {};                // the setting that silences the canary, where that is known
    std::string log = {};  // looked at for the cause of a failure, never for a verdict
};

struct Judgement {
    Verdict verdict = Verdict::not_run;
    bool as_expected = false;
    std::string seen;                  // one sentence
    std::vector<std::string> details;  // more of them
};

/// Weighs the evidence by the rules of evidence. Does no input or output.
Judgement weigh(const Matter& matter);

/// Sorts the trials of a run into the four cells.
Cells cells_of(const VariantRun& run, const std::vector<std::string>& expected);

/// Did the race that the subject was asked to have reach us as a report? (For the canary: proof
/// that the detector looks.)
bool canary_was_flagged(const Evidence& evidence);

}  // namespace racepair::judge
