#pragma once

#include <string>
#include <vector>

#include "../judge/result.hpp"

namespace racepair::report {

/// GitHub's annotations: a command for each alert, to be printed by a step of a workflow. Paths are
/// told as seen from `folder`, the checkout.
std::string github_of(const std::vector<judge::Result>& results, const std::string& folder);

}  // namespace racepair::report
