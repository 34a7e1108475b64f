#pragma once

#include <cstdint>

#include "carrier.hpp"

namespace racepair::explorer {

enum class How : std::uint8_t { dpor, every, random, pct, round_robin };

/// What is to be explored and how far.
struct Plan {
    How how = How::dpor;
    Backend backend = Backend::fibers;
    std::uint64_t seed = 1;
    long most_executions = 1'000'000;
    long most_ms = 60'000;
    long most_steps = 2'000;         // of one execution
    long most_restarts = 1'000;      // because more has become known of what threads share
    int preemptions = -1;            // for `every`: a bound; -1: none
    int depth = 3;                   // for `pct`: of the bugs looked for
    bool until_seen = false;         // ends with the first finding or wrong outcome
    bool count_traces = false;       // for `every`: how many schedules are not equivalent
    const char* schedule = nullptr;  // runs this one alone
    bool stop_at_failure = false;    // … and raises SIGTRAP where it goes wrong, for a debugger
};

/// What the exploration is of.
struct Program {
    const char* name;  // "<mechanism>.<case>.<variant>"
    int threads, rounds;
    /// One trial: leaves its outcome with tell_outcome(). Runs on a thread of the exploration.
    void (*trial)();
    bool (*is_right)(const char* outcome);
};

/// Called by the trial, with text of at most 200 bytes.
void tell_outcome(const char* text, unsigned long size);

/// Explores and leaves all that is found as evidence: outcomes over schedules, one report for each
/// distinct finding, the shortest failing schedule step by step, and how much of all was covered.
/// Returns false if a given schedule could not be followed.
bool explore(const Program& program, const Plan& plan);

/// Real threads from here on, disturbed at instrumented accesses: `per_million` of them give way.
void start_noise(std::uint64_t seed, unsigned per_million);
void stop_noise();

}  // namespace racepair::explorer
