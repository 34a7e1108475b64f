#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "frame.hpp"

namespace racepair::judge {

/// What an exploration says it covered.
struct Exploration {
    std::string strategy;  // "dpor", "every", "random", "pct" or "round-robin"
    long long seed = 0;
    std::string backend;  // "fibers" or "os-threads"
    long long executions = 0;
    bool exhausted = false;    // all schedules of the scope, up to equivalence
    std::string because;       // why it ended: "all", "seen", "executions", "time", "unstable"
    std::string limit;         // what it could not follow, in words; "" for nothing
    int threads = 0;           // the most that were alive, the one that ran the scenario among them
    long long steps = 0;       // of the longest execution
    long long restarts = 0;    // because more places to switch became known
    long long first_seen = 0;  // the execution that first went wrong; 0: none did
    long long outcomes = 0;    // different ones
    bool spin_was_cut = false;
    long long pending = 0;           // dpor: schedules known of and not run yet
    long long preemptions = -1;      // every: the bound; -1: none
    std::optional<long long> depth;  // pct: of the bugs that its guarantee is about …
    long long pct_threads = 0;       // … and the n and k in it
    long long pct_steps = 0;
};

/// Why not all schedules were run, and what to do about it: "1000 schedules explored, not all: …".
/// "" if they were.
std::string why_not_exhausted(const Exploration& exploration);

/// One visible step of a schedule.
struct Step {
    int thread = 0;
    std::string operation;  // "read", "write", "update", "lock", "notify-all" …
    bool atomic = false;
    std::string object;  // its address
    int size = 0;        // bytes, of memory
    bool in_object = false;
    long long offset = 0;  // … of the variant's own object: where in it
    std::optional<long long> value;
    std::vector<std::string> locks;  // held meanwhile
    std::vector<Frame> stack;        // innermost first
};

/// A schedule that went wrong, step by step.
struct ScheduleStory {
    std::string why;        // "wrong-outcome" or the kind of a report
    std::string outcome;    // "" where the trial did not come to one
    bool shortest = false;  // none with fewer preemptions goes wrong in this way
    std::string text;       // what `racepair replay` takes
    long long switches = 0;
    std::vector<int> threads;
    long long step_count = 0;  // of which the first ones are told
    std::vector<Step> steps;
    std::map<std::string, std::string> names;  // of objects, by address: the judge's own finding
};

}  // namespace racepair::judge
