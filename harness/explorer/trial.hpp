#pragma once

#include "execution.hpp"
#include "exploration.hpp"

namespace racepair::explorer {

/// One execution of the program's trial.
Ending run_trial(const Program& program, Strategy& strategy, Listener* listener = nullptr);

/// What the trial that is over came to: its outcome, or in brackets how it ended instead; nullptr
/// where it counts as nothing.
const char* outcome_of(Ending ending);

}  // namespace racepair::explorer
