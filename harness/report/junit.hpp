#pragma once

#include <string>
#include <vector>

#include "../judge/result.hpp"

namespace racepair::report {

/// JUnit XML as Jenkins and GitLab read it: a suite for each lane, a test for each variant. What is
/// not as expected is a failure with the verdict and the race's signature in its message; an error
/// where nothing could be judged. Its text is what the console says.
std::string junit_of(const std::vector<judge::Result>& results);

}  // namespace racepair::report
