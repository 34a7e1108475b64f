#pragma once

#include <string>

namespace racepair::judge {

struct CaseInfo;
struct VariantInfo;
struct Detector;
struct Identity;

/// What a detector should say of a variant.
enum class Stance { must_flag, must_stay_silent, blind, false_alarm };

struct Expectation {
    Stance stance = Stance::must_stay_silent;
    std::string why;            // for blind and false alarm: the reason, for people
    double at_most = 0;         // blind: the share of trials that may show the defect after all
    bool wrong_anyway = false;  // blind: silence is not enough, the outcome must be seen wrong
};

/// The default for the variant's defect (of a detector that compiles: for the line at which it has
/// to warn), or the exception that the case states for this detector
/// under these circumstances: an exception of the variant before one of the case. Throws
/// std::runtime_error for what cannot be meant: an unknown defect, detector, stance or
/// circumstance, blind where nothing is wrong, a false alarm where something is.
Expectation expectation_for(const CaseInfo& info, const VariantInfo& variant,
                            const Detector& detector, const Identity& identity);

/// "must flag", "must stay silent", "blind", "false alarm".
std::string text_of(Stance stance);

}  // namespace racepair::judge
