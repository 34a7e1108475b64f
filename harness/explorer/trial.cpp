#include "trial.hpp"

#include "globals.hpp"
#include "outcomes.hpp"
#include "watchdog.hpp"

namespace racepair::explorer {
namespace {

RACEPAIR_KEPT char outcome_told[longest_outcome + 1];

}  // namespace

void tell_outcome(const char* text, unsigned long size) {
    if (size > longest_outcome) size = longest_outcome;
    for (unsigned long i = 0; i < size; ++i) outcome_told[i] = text[i];
    outcome_told[size] = '\0';
}

Ending run_trial(const Program& program, Strategy& strategy, Listener* listener) {
    outcome_told[0] = '\0';
    const Ending ending = execution.run(strategy, program.trial, listener);
    watchdog_progress();
    return ending;
}

const char* outcome_of(Ending ending) {
    switch (ending) {
        case Ending::finished: return outcome_told;
        case Ending::dead_lock: return "(dead-lock)";
        case Ending::lost_wakeup: return "(lost wake-up)";
        case Ending::livelock: return "(livelock)";
        case Ending::aborted: return "(aborted)";
        case Ending::crashed: return "(crashed)";
        default: return nullptr;
    }
}

}  // namespace racepair::explorer
