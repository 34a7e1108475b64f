#pragma once

#include "exploration.hpp"

namespace racepair::explorer {

/// Runs the schedule that `word` stands for, alone, and leaves what it shows as evidence: outcome,
/// reports, step by step. With `stop_at_failure` it is run once more, and raises SIGTRAP in the
/// program's thread at its last step. False if it cannot be followed; the evidence says why.
bool follow(const Program& program, const char* word, bool stop_at_failure);

}  // namespace racepair::explorer
