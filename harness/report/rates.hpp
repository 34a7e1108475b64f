#pragma once

#include <string>
#include <vector>

#include "../judge/result.hpp"

namespace racepair::report {

/// How often each variant was flagged, and wrong, as comma-separated values with a line of titles:
/// variant, detector, build, CPUs that could be used, what is expected, trials, flagged, wrong.
/// Sorted, so that two measurements can be compared line by line.
std::string rates_of(const std::vector<judge::Result>& results);

}  // namespace racepair::report
