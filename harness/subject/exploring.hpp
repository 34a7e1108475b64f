#pragma once

#include <string>
#include <vector>

#include "racepair/registry.hpp"

namespace racepair::subject {

/// How to explore; each member is set by the command-line word of its name.
struct ExplorePlan {
    std::string strategy = "dpor";
    std::string backend = "fibers";
    std::string schedule;
    long long seed = 1;
    long long executions = 1'000'000;
    long long budget_ms = 60'000;
    long long steps = 2'000;
    long long restarts = 1'000;
    long long preemptions = -1;
    long long depth = 3;
    long long noise = 10'000;  // of a million accesses, with the strategy "noise"
    bool until_seen = false;
    bool count_traces = false;
    bool stop_at_failure = false;  // with a schedule: a debugger gets control at its last step
};

/// Explores the schedules of one variant. Leaves as evidence: entered, outcomes over schedules,
/// reports, the shortest failing schedule, what was covered, finished. Throws std::invalid_argument
/// for a plan that makes no sense.
void explore_variant(const CaseEntry& entry, const VariantEntry& variant, const ExplorePlan& plan);

/// For as long as this lives, threads are real and give way at instrumented accesses now and then.
class Noise {
   public:
    explicit Noise(const ExplorePlan& plan);
    ~Noise();
    Noise(const Noise&) = delete;
    Noise& operator=(const Noise&) = delete;
};

}  // namespace racepair::subject
