#include "following.hpp"

#include "../subject/channel.hpp"
#include "findings.hpp"
#include "globals.hpp"
#include "line_buffer.hpp"
#include "outcomes.hpp"
#include "schedule.hpp"
#include "story.hpp"
#include "trial.hpp"
#include "watchdog.hpp"
#include "witness.hpp"

namespace racepair::explorer {
namespace {

using subject::JsonLine;

RACEPAIR_KEPT Schedule schedule;
RACEPAIR_KEPT Outcomes outcomes;
RACEPAIR_KEPT Findings findings;
RACEPAIR_KEPT bool is_open = false;

}  // namespace

bool follow(const Program& program, const char* word, bool stop_at_failure) {
    const auto refuse = [&program](const char* what) {
        JsonLine line = begin_record("trouble", program.name);
        line.key("what").text(what);
        subject::send(line.end());
        return false;
    };
    if (!is_open) {
        is_open = true;
        schedule.open();
        outcomes.open();
    }
    outcomes.clear();
    findings.clear();
    if (const char* wrong = schedule.read(word)) return refuse(wrong);
    execution.set_longest(longest_trace);
    // What is competed for in this schedule shows while it runs; it is the same schedule each time.
    constexpr int most_passes = 1000;
    for (int pass = 0; pass < most_passes; ++pass) {
        Replay replay(schedule);
        execution.stop_at(&replay);
        const Ending ending = run_trial(program, replay);
        if (execution.has_grown()) continue;
        if (!replay.fits()) {
            execution.stop_at(nullptr);
            return refuse(
                "this schedule is of another program: the case, its scope (--scope), the compiler "
                "or its flags are not those that it was written for");
        }
        int fresh = 0;
        const bool flagged = findings.look(ending, fresh);
        const char* outcome = outcome_of(ending);
        const bool right = outcome != nullptr && program.is_right(outcome);
        if (outcome != nullptr) outcomes.add(outcome, flagged, right);
        outcomes.send(program.name, 0, outcome != nullptr ? 1 : 0);
        Witness witness(program.name, 0);
        for (int i = 0; i < findings.count(); ++i) witness.take(findings[i]);
        if (witness.expects_any()) {
            Replay again(schedule);
            execution.stop_at(&again);
            run_trial(program, again, &witness);
        }
        Replay shown(schedule);
        Story story;
        story.begin();
        execution.stop_at(&shown);
        run_trial(program, shown, &story);
        execution.stop_at(nullptr);
        const char* why = !right && ending == Ending::finished ? "wrong-outcome" : findings.worst();
        story.send(program.name, why, outcome != nullptr ? outcome : "", schedule, false);
        JsonLine line = begin_record("finished", program.name);
        line.key("trials").number(outcome != nullptr ? 1 : 0).key("because").text("trials");
        line.key("microseconds").number(0);
        subject::send(line.end());
        if (stop_at_failure) {
            stop_watchdog();  // people think for longer than it waits
            Replay stopping(schedule);
            stopping.trap_at_last_step();
            execution.stop_at(&stopping);
            run_trial(program, stopping);
            execution.stop_at(nullptr);
        }
        return true;
    }
    return refuse("this schedule does not settle: the case is not deterministic");
}

}  // namespace racepair::explorer
