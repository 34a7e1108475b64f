#pragma once

#include <string>
#include <vector>

#include "../judge/result.hpp"

namespace racepair::report {

/// A page of Markdown: the count of verdicts, what is not as expected with the command that
/// reproduces it, and a table of all variants and lanes. At most some 900 kB: GitHub takes one
/// megabyte as the summary of a step.
std::string markdown_of(const std::vector<judge::Result>& results);

}  // namespace racepair::report
