#pragma once

#include <string>
#include <vector>

#include "../judge/result.hpp"
#include "console.hpp"

namespace racepair::report {

/// One case on one screen of 80 × 24, to be left on a projector: the racy and the fixed variant
/// side by side, the histogram of their outcomes with the right one marked, what the detector that
/// reads reports said, and the verdicts. `case_name` is "<mechanism>.<case>". Takes results of one
/// or several detectors; an outcome detector's make the histogram. Throws std::runtime_error if
/// there is no racy or no fixed variant of the case among them.
std::string pair_screen(const std::vector<judge::Result>& results, const std::string& case_name,
                        const Style& style);

}  // namespace racepair::report
