#pragma once

#include <string>

#include "../judge/result.hpp"

namespace racepair::report {

/// SARIF 2.1.0 (OASIS): a result for each alert, with both accesses as locations, their stacks as
/// thread flows, and the signature's fingerprint, by which alerts are told apart from run to run.
/// Paths below `folder`, the checkout, are relative to it.
std::string sarif_of(const judge::Results& results, const std::string& folder);

}  // namespace racepair::report
