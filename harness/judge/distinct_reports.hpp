#pragma once

#include <vector>

#include "evidence.hpp"

namespace racepair::judge {

/// The reports that tell something of their own: of those that are alike in kind and words, in what
/// their accesses do and in all their stacks, the first one stands for all, and its `times` says
/// how many they are. Addresses and threads differ from trial to trial and tell nothing. Cost: n
/// log n comparisons of stacks.
std::vector<Report> distinct_reports(std::vector<Report> reports);

}  // namespace racepair::judge
