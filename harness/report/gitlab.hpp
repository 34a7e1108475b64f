#pragma once

#include <string>
#include <vector>

#include "../judge/result.hpp"

namespace racepair::report {

/// GitLab's code quality report, JSON: an issue for each alert. Paths are told as seen from
/// `folder`, the checkout.
std::string gitlab_of(const std::vector<judge::Result>& results, const std::string& folder);

}  // namespace racepair::report
