#pragma once

#include <string>
#include <vector>

#include "../judge/exploring.hpp"
#include "../judge/result.hpp"
#include "console.hpp"
#include "histogram.hpp"

namespace racepair::report {

/// What was explored: "all 34 schedules of 2 × 2", "1000 schedules of at least 1200". The result
/// must have been explored.
std::string coverage_of(const judge::Result& result);

/// The outcomes of a result: a row for each as long as there are few, else one for each range.
std::vector<Bar> bars_of(const judge::Result& result);

/// What exploring one variant came to: verdict, coverage, outcomes over schedules, what was found,
/// the failing schedule with the command that runs it again (see replay_command), and each limit by
/// its name.
std::string exploration_screen(const judge::Result& result, const judge::Exploring& asked,
                               const std::string& begin_of_replay, const Style& style);

/// The same in a line or two.
std::string exploration_line(const judge::Result& result, const Style& style);

/// One schedule that was followed.
std::string replay_screen(const judge::Result& result, const Style& style);

/// Real threads that were disturbed: outcomes, and how often they were wrong.
std::string noise_screen(const judge::Result& result, const Style& style);

}  // namespace racepair::report
