#pragma once

#include <string>
#include <vector>

#include "cells.hpp"
#include "evidence.hpp"
#include "expectation.hpp"
#include "subject_process.hpp"
#include "verdict.hpp"

namespace racepair::judge {

struct Detector;

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
        {};                        // the setting that silences the canary, where that is known
    std::string log = {};          // looked at for the cause of a failure, never for a verdict
    bool canary_is_muted = false;  // that setting switches all reports off

    /// What the variant itself left.
    const VariantRun& run() const { return evidence.run_of(info.name + "." + variant.name); }
};

struct Judgement {
    Verdict verdict = Verdict::not_run;
    bool as_expected = false;
    std::string seen;                  // one sentence
    std::vector<std::string> details;  // more of them
};

/// A judgement that was not yet compared with the expectation.
Judgement judged(Verdict verdict, std::string seen, std::vector<std::string> details = {});

/// Weighs the evidence by the rules of evidence. Does no input or output.
Judgement weigh(const Matter& matter);

}  // namespace racepair::judge
