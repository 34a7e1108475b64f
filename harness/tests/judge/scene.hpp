#pragma once

#include <string>
#include <vector>

#include "judge/detector.hpp"
#include "judge/weighing.hpp"

namespace racepair::judge {

/// All that is weighed for one variant. The functions below make scenes about which nothing is
/// wrong; a test spoils one thing and looks at the verdict. The right outcome is 20.
struct Scene {
    CaseInfo info;
    VariantInfo variant;
    const Detector* detector = nullptr;
    Expectation expectation;
    Evidence evidence;
    Ending ending;
    long long told = 10;
    std::vector<std::string> problems;
    std::string silencer;
    bool is_muted = false;
    std::string log;

    /// The variant's own run, and the canary's.
    VariantRun& run() { return evidence.runs.at(info.name + "." + variant.name); }
    VariantRun& canary(const std::string& name) {
        return evidence.runs.at("racepair.canary." + name);
    }

    /// Makes the last records of the evidence and the end of the process go missing.
    void ends(Ended how, int code) {
        ending.how = how;
        ending.code = code;
        evidence.bye = false;
    }

    Judgement judge() const {
        return weigh({info, variant, *detector, expectation, evidence, ending, told, problems,
                      silencer, log, is_muted});
    }

    /// "CAUGHT as expected", "MISSED, not as expected".
    std::string conclusion() const {
        const auto judgement = judge();
        return text_of(judgement.verdict) +
               (judgement.as_expected ? " as expected" : ", not as expected");
    }
};

/// A report of an access by the case's own line 14.
Report report_of(const std::string& variant, const std::string& file);

/// A broken variant: its race was flagged in 7 of 10 trials, its outcome wrong in 6.
Scene racy_under_tsan();
/// A repair: silent and right in 10 of 10 trials.
Scene fixed_under_tsan();
/// A broken variant: its outcome was wrong in 6 of 10 trials.
Scene racy_under_plain();
/// A repair: right in 10 of 10 trials.
Scene fixed_under_plain();
/// A broken variant: all its 10 schedules explored, its race flagged in 7, its outcome wrong in 6.
Scene racy_under_explore();
/// A repair: silent and right in all its 10 schedules.
Scene fixed_under_explore();
/// Wrong in 6 of all its 10 schedules although there is no data race.
Scene race_condition_under_explore();
/// Wrong in 6 of 10 trials although there is no data race; silent, as the detector is blind to it.
Scene race_condition_under_tsan();

}  // namespace racepair::judge
