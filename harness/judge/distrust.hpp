#pragma once

#include <optional>

#include "weighing.hpp"

namespace racepair::judge {

/// What keeps anything from being concluded from the evidence: the process, the detector, the run.
/// Nothing, if it can be trusted.
std::optional<Judgement> distrust(const Matter& matter);

}  // namespace racepair::judge
