#include "exploration.hpp"

#include <signal.h>
#include <sys/single_threaded.h>

#include "../subject/channel.hpp"
#include "execution.hpp"
#include "findings.hpp"
#include "following.hpp"
#include "globals.hpp"
#include "line_buffer.hpp"
#include "noise.hpp"
#include "outcomes.hpp"
#include "real.hpp"
#include "schedule.hpp"
#include "shortening.hpp"
#include "story.hpp"
#include "strategies/chance.hpp"
#include "strategies/dpor.hpp"
#include "strategies/every.hpp"
#include "text.hpp"
#include "trace_set.hpp"
#include "trial.hpp"
#include "watchdog.hpp"
#include "witness.hpp"

namespace racepair::explorer {
namespace {

using subject::JsonLine;

constexpr long progress_ms = 250;

RACEPAIR_KEPT Outcomes outcomes;
RACEPAIR_KEPT Findings findings;
RACEPAIR_KEPT Dpor dpor;
RACEPAIR_KEPT Every every;
RACEPAIR_KEPT TraceSet traces;
RACEPAIR_KEPT Schedule failing;  // the first that was found, then the shortest
RACEPAIR_KEPT bool is_open = false;

long now_ms() {
    timespec now;
    real::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1'000'000;
}

/// One exploration, from its first execution to its last record.
class Explorer {
   public:
    Explorer(const Program& program, const Plan& plan, Strategy& strategy)
        : program_(program), plan_(plan), strategy_(strategy) {}

    void run() {
        begin_ms_ = told_ms_ = now_ms();
        strategy_.restart();
        while (step()) {
        }
        outcomes.send(program_.name, sent_, counted_ - sent_);
        if (seen_) tell_schedule();
        send_explored();
        send_finished();
    }

   private:
    /// One execution and what follows from it. Is there another one?
    bool step() {
        const Ending ending = run_trial(program_, strategy_);
        if (execution.has_grown()) {
            if (restarts_ < plan_.most_restarts) {
                ++restarts_;
                restart();
                return true;
            }
            limit_ =
                "in each schedule threads share other memory than before; not all of it was "
                "watched";
        }
        if (!take_in(ending)) return false;
        const bool more = strategy_.advance();
        if (plan_.until_seen && seen_ && !is_hint_) {
            because_ = "seen";
            return false;
        }
        if (!more) {
            because_ = strategy_.is_exhaustive() ? "all" : "executions";
            exhausted_ = strategy_.is_exhaustive() && limit_ == nullptr;
            return false;
        }
        if (executions_ >= plan_.most_executions) {
            because_ = "executions";
            return false;
        }
        return (executions_ & 63) != 0 || look_at_clock();
    }

    void restart() {
        strategy_.restart();
        traces.clear();
        executions_ = 0;
        longest_ = 0;
        seen_ = false;
        if (counted_ == 0) return;
        // What was counted is counted again; what was found stays found.
        JsonLine line = begin_record("restarted", program_.name);
        subject::send(line.end());
        outcomes.clear();
        counted_ = sent_ = 0;
    }

    /// Adds up what an execution showed. False if nothing more can be learned.
    bool take_in(Ending ending) {
        ++executions_;
        if (execution.steps() > longest_) longest_ = execution.steps();
        spin_was_cut_ |= execution.spin_was_cut();
        if (execution.limit() != nullptr) limit_ = execution.limit();
        if (ending == Ending::cut) {
            --executions_;
            return true;
        }
        const char* outcome = outcome_of(ending);
        if (outcome == nullptr) limit_ = words_of(ending);
        if (ending == Ending::unstable) {
            because_ = "unstable";
            return false;
        }
        int fresh = 0;
        const bool flagged = findings.look(ending, fresh);
        if (outcome == nullptr && !flagged) return true;
        const bool right = ending == Ending::finished && program_.is_right(outcome);
        if (outcome != nullptr) {
            if (!outcomes.add(outcome, flagged, right))
                limit_ = "more than 4096 different outcomes";
            ++counted_;
        }
        if (plan_.count_traces) traces.add(execution.trace(), execution.width());
        if (flagged || !right) note_failure(right ? findings.worst() : "wrong-outcome", ending);
        if (fresh > 0) tell_findings(fresh);
        return true;
    }

    /// A wrong outcome says more than the race that leads to it.
    void note_failure(const char* why, Ending ending) {
        const bool is_wrong = same(why, "wrong-outcome");
        // Locks taken in both orders are a reason to go on: to find where they meet.
        const bool is_hint = same(why, "lock-order-inversion");
        if (seen_ && (is_hint || (!is_hint_ && (failure_.is_wrong_outcome || !is_wrong)))) return;
        if (ending != Ending::finished && is_wrong) why = findings.worst();
        if (!failing.take(execution.trace())) return;
        seen_ = true;
        is_hint_ = is_hint;
        first_seen_ = executions_;
        failure_ = {why, is_wrong};
    }

    void tell_findings(int fresh) {
        outcomes.send(program_.name, sent_, counted_ - sent_);
        sent_ = counted_;
        Witness witness(program_.name, counted_ - 1);
        for (int i = findings.count() - fresh; i < findings.count(); ++i) witness.take(findings[i]);
        if (!witness.expects_any()) return;
        // The same steps again, to know the stacks.
        execution.keep_prefix(execution.steps());
        Again again(strategy_.needs_dependence());
        run_trial(program_, again, &witness);
        execution.keep_prefix(0);
    }

    bool look_at_clock() {
        const long now = now_ms();
        if (now - told_ms_ >= progress_ms) {
            told_ms_ = now;
            outcomes.send(program_.name, sent_, counted_ - sent_);
            sent_ = counted_;
            JsonLine line = begin_record("progress", program_.name);
            line.key("executions").number(executions_).key("outcomes").number(outcomes.distinct());
            line.key("steps").number(longest_).key("pending").number(
                plan_.how == How::dpor ? dpor.pending() : 0);
            subject::send(line.end());
        }
        if (now - begin_ms_ < plan_.most_ms) return true;
        because_ = "time";
        return false;
    }

    void tell_schedule() {
        const bool shortest = shorten(program_, failure_, failing);
        execution.keep_prefix(0);
        Replay replay(failing);
        Story story;
        story.begin();
        execution.set_longest(longest_trace);  // standing in more places than before
        execution.stop_at(&replay);
        const Ending ending = run_trial(program_, replay, &story);
        execution.set_longest(plan_.most_steps);
        execution.stop_at(nullptr);
        const char* outcome = outcome_of(ending);
        story.send(program_.name, failure_.why, outcome != nullptr ? outcome : "", failing,
                   shortest);
    }

    void send_explored() {
        JsonLine line = begin_record("explored", program_.name);
        line.key("strategy")
            .text(strategy_.name())
            .key("seed")
            .number(static_cast<long long>(plan_.seed));
        line.key("backend").text(carrier.backend() == Backend::fibers ? "fibers" : "os-threads");
        line.key("executions").number(executions_).key("exhausted").boolean(exhausted_);
        line.key("because").text(because_).key("limit").text(limit_ != nullptr ? limit_ : "");
        line.key("threads").number(execution.width()).key("steps").number(longest_);
        line.key("restarts").number(restarts_).key("first_seen").number(seen_ ? first_seen_ : 0);
        line.key("outcomes").number(outcomes.distinct());
        line.key("spin_was_cut").boolean(spin_was_cut_);
        if (plan_.how == How::dpor)
            line.key("blocked")
                .number(dpor.blocked())
                .key("infeasible")
                .number(dpor.infeasible())
                .key("pending")
                .number(dpor.pending());
        if (plan_.how == How::every) line.key("preemptions").number(plan_.preemptions);
        if (plan_.count_traces) line.key("traces").number(traces.count());
        if (plan_.how == How::pct) {
            const auto& pct = static_cast<const Pct&>(strategy_);
            line.key("bug_depth").number(pct.depth()).key("pct_threads").number(pct.threads());
            line.key("pct_steps").number(pct.steps());
        }
        subject::send(line.end());
    }

    void send_finished() {
        JsonLine line = begin_record("finished", program_.name);
        line.key("trials").number(counted_);
        line.key("because").text(plan_.until_seen && seen_ && !is_hint_ ? "seen" : "trials");
        line.key("microseconds").number((now_ms() - begin_ms_) * 1000);
        subject::send(line.end());
    }

    const Program& program_;
    const Plan& plan_;
    Strategy& strategy_;
    long begin_ms_ = 0;
    long told_ms_ = 0;
    long executions_ = 0;
    long counted_ = 0;
    long sent_ = 0;
    long longest_ = 0;
    long restarts_ = 0;
    long first_seen_ = 0;
    bool seen_ = false;
    bool is_hint_ = false;
    bool exhausted_ = false;
    bool spin_was_cut_ = false;
    Failure failure_;
    const char* because_ = "";
    const char* limit_ = nullptr;
};

void open_all(const Plan& plan) {
    real::find_all();
    if (!is_open) {
        is_open = true;
        outcomes.open();
        dpor.open();
        every.open();
        traces.open();
        failing.open();
        open_shortening();
        Story::open();
    }
    execution.open(plan.backend);
    execution.begin_exploration();
    execution.set_longest(plan.most_steps);
    outcomes.clear();
    findings.clear();
    traces.clear();
    start_watchdog();
    // The C++ library counts references without atomics while this says so, and may read a copy of
    // it that lies among the program's variables.
    __libc_single_threaded = 0;
    globals.remember();
}

void send_entered(const Program& program) {
    JsonLine line = begin_record("entered", program.name);
    line.key("trials").number(0);
    subject::send(line.end());
}

}  // namespace

bool explore(const Program& program, const Plan& plan) {
    open_all(plan);
    Schedule::be_of(program.name, program.threads, program.rounds);
    send_entered(program);
    bool followed = true;
    if (plan.schedule != nullptr) {
        followed = follow(program, plan.schedule, plan.stop_at_failure);
    } else if (plan.how == How::dpor) {
        Explorer(program, plan, dpor).run();
    } else if (plan.how == How::every) {
        every.set_preemptions(plan.preemptions);
        if (plan.count_traces) every.track_dependence();
        Explorer(program, plan, every).run();
    } else if (plan.how == How::random) {
        RandomWalk random(plan.seed, plan.most_executions);
        Explorer(program, plan, random).run();
    } else if (plan.how == How::pct) {
        Pct pct(plan.seed, plan.most_executions, plan.depth);
        Explorer(program, plan, pct).run();
    } else {
        RoundRobin in_turn;
        Explorer(program, plan, in_turn).run();
    }
    stop_watchdog();
    return followed;
}

void start_noise(std::uint64_t seed, unsigned per_million) {
    real::find_all();
    noise.start(seed, per_million);
}

void stop_noise() { noise.stop(); }

}  // namespace racepair::explorer
