#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "../judge/result.hpp"

namespace racepair::report {

/// How often each variant was flagged, and wrong, as comma-separated values with a line of titles:
/// variant, detector, build, CPUs that could be used, what is expected, trials, flagged, wrong.
/// Sorted, so that two measurements can be compared line by line.
std::string rates_of(const std::vector<judge::Result>& results);

/// A section in Markdown made of that text, with a table, a line for each lane and number of CPUs:
/// of the variants that must be flagged, how many were flagged in all trials but one in 300, and
/// the rate of the one that was flagged least; of those that must stay silent, how many did; and of
/// how many of either kind among these cases there is no measurement. Below it, what falls short by
/// name. Throws std::runtime_error for text that is something else, and for a variant that none of
/// the cases has.
std::string table_of_rates(std::string_view rates, const std::vector<judge::CaseInfo>& cases);

}  // namespace racepair::report
