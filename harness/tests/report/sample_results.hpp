#pragma once

#include <string>
#include <vector>

#include "judge/result.hpp"
#include "report/columns.hpp"

namespace racepair::report {

// One case, judged by both detectors: 50 threads × 1000 rounds on one counter.
judge::Result racy_under_plain();
judge::Result fixed_under_plain();
judge::Result racy_under_tsan();
judge::Result fixed_under_tsan();

/// The four together.
std::vector<judge::Result> sample_results();

/// A miss that is not as expected, with all that a failure tells.
judge::Result missed_under_tsan();

std::vector<std::string> lines_of(const std::string& text);

/// Two threads × two rounds, all 34 schedules; one of them loses an update and is told step by
/// step.
judge::Result racy_under_explore();
judge::Result fixed_under_explore();

}  // namespace racepair::report
