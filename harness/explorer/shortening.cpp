#include "shortening.hpp"

#include "findings.hpp"
#include "globals.hpp"
#include "strategies/every.hpp"
#include "text.hpp"
#include "trial.hpp"

namespace racepair::explorer {
namespace {

constexpr long most_for_shortest = 20'000;  // executions for each number of preemptions
constexpr int most_preemptions_for_shortest = 4;

RACEPAIR_KEPT Every every;

/// Is the execution that is over another one of what went wrong first?
bool fails_alike(const Program& program, const Failure& failure, Ending ending) {
    if (failure.is_wrong_outcome && same(failure.why, "wrong-outcome"))
        return ending == Ending::finished && !program.is_right(outcome_of(ending));
    Findings here;
    here.clear();
    int fresh = 0;
    here.look(ending, fresh);
    for (int i = 0; i < here.count(); ++i)
        if (same(here[i].kind, failure.why)) return true;
    return false;
}

}  // namespace

void open_shortening() { every.open(); }

bool shorten(const Program& program, const Failure& failure, Schedule& failing) {
    for (int bound = 0; bound <= most_preemptions_for_shortest; ++bound) {
        every.set_preemptions(bound);
        every.restart();
        int least_switches = 0;
        long least_steps = -1;
        long tried = 0;
        bool more = true;
        for (; more && tried < most_for_shortest; ++tried) {
            const Ending ending = run_trial(program, every);
            if (execution.has_grown()) {
                every.restart();
                least_steps = -1;
                continue;
            }
            if (ending != Ending::unstable && fails_alike(program, failure, ending)) {
                const int switches = execution.switches();
                const long steps = execution.steps();
                if (least_steps < 0 || switches < least_switches ||
                    (switches == least_switches && steps < least_steps)) {
                    if (failing.take(execution.trace())) {
                        least_switches = switches;
                        least_steps = steps;
                    }
                }
            }
            if (ending == Ending::unstable) break;
            more = every.advance();
        }
        if (least_steps >= 0) return !more;
        if (more) return false;
    }
    return false;
}

}  // namespace racepair::explorer
