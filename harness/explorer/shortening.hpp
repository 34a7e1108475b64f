#pragma once

#include "exploration.hpp"
#include "schedule.hpp"

namespace racepair::explorer {

/// What went wrong, by the name under which it is reported.
struct Failure {
    const char* why = "";
    bool is_wrong_outcome = false;  // in an execution that finished, or did not
};

void open_shortening();

/// Looks for a schedule that fails alike with as few preemptions as possible (Musuvathi & Qadeer
/// 2007), and among those for the one with the fewest switches, then the fewest steps. `failing` is
/// replaced by the best that is found. Is it known to be the best there is? Cost: at most 20 000
/// executions for each of 0 to 4 preemptions.
bool shorten(const Program& program, const Failure& failure, Schedule& failing);

}  // namespace racepair::explorer
