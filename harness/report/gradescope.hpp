#pragma once

#include <string>
#include <vector>

#include "../judge/result.hpp"

namespace racepair::report {

/// Gradescope's results.json: a test for each variant and lane, one point each.
std::string gradescope_of(const std::vector<judge::Result>& results);

}  // namespace racepair::report
