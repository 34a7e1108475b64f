#pragma once

#include "evidence.hpp"

namespace racepair::judge {

/// The case that each subject brings along: the race that must be seen, and the repair that must
/// not be.
inline constexpr const char* canary_case = "racepair.canary";
inline constexpr const char* canary_racy = "racepair.canary.racy";
inline constexpr const char* canary_fixed = "racepair.canary.fixed";

/// Did the race that the subject was asked to have reach us as a report? This is the proof that the
/// detector looks.
bool canary_was_flagged(const Evidence& evidence);

}  // namespace racepair::judge
