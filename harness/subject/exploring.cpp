#include "exploring.hpp"

#include <algorithm>
#include <exception>
#include <memory>
#include <stdexcept>

#include "../explorer/exploration.hpp"
#include "racepair/team.hpp"
#include "report_hook.hpp"

namespace racepair::subject {
namespace {

// What the trial needs; set before exploring begins and never changed by it.
const VariantEntry* explored = nullptr;
Scope explored_scope;
const std::vector<std::string>* right_outcomes = nullptr;

void tell(const std::string& outcome) { explorer::tell_outcome(outcome.data(), outcome.size()); }

/// Runs on a thread of the exploration, as the first one.
void one_trial() {
    Team team(explored_scope);
    try {
        tell(explored->trial(team));
    } catch (const std::exception& thrown) {
        tell(std::string("threw ") + thrown.what());
    }
}

bool is_right(const char* outcome) {
    return right_outcomes->empty() || std::find(right_outcomes->begin(), right_outcomes->end(),
                                                outcome) != right_outcomes->end();
}

explorer::How how_of(const std::string& strategy) {
    if (strategy == "dpor") return explorer::How::dpor;
    if (strategy == "every") return explorer::How::every;
    if (strategy == "random") return explorer::How::random;
    if (strategy == "pct") return explorer::How::pct;
    if (strategy == "round-robin") return explorer::How::round_robin;
    throw std::invalid_argument("usage: there is no strategy " + strategy +
                                "; there are dpor, every, random, pct, round-robin and noise");
}

explorer::Backend backend_of(const std::string& backend) {
    if (backend == "fibers") return explorer::Backend::fibers;
    if (backend == "os-threads") return explorer::Backend::os_threads;
    throw std::invalid_argument("usage: there is no backend " + backend +
                                "; there are fibers and os-threads");
}

}  // namespace

void explore_variant(const CaseEntry& entry, const VariantEntry& variant, const ExplorePlan& plan) {
    static std::vector<std::string*> names;  // reports may come until the very end
    const std::string& name = *names.emplace_back(new std::string(entry.name + "." + variant.name));
    explorer::Plan told;
    told.how = how_of(plan.strategy);
    told.backend = backend_of(plan.backend);
    told.seed = static_cast<std::uint64_t>(plan.seed);
    told.most_executions = plan.executions;
    told.most_ms = plan.budget_ms;
    told.most_steps = plan.steps;
    told.most_restarts = plan.restarts;
    told.preemptions = static_cast<int>(plan.preemptions);
    told.depth = static_cast<int>(plan.depth);
    told.until_seen = plan.until_seen;
    told.count_traces = plan.count_traces;
    told.stop_at_failure = plan.stop_at_failure;
    told.schedule = plan.schedule.empty() ? nullptr : plan.schedule.c_str();

    const auto right = entry.expected ? entry.expected(entry.scope) : std::vector<std::string>{};
    explored = &variant;
    explored_scope = entry.scope;
    right_outcomes = &right;
    now_running(name.c_str(), 0);
    explorer::explore({name.c_str(), entry.scope.threads, entry.scope.rounds, one_trial, is_right},
                      told);
}

Noise::Noise(const ExplorePlan& plan) {
    explorer::start_noise(static_cast<std::uint64_t>(plan.seed), static_cast<unsigned>(plan.noise));
}
Noise::~Noise() { explorer::stop_noise(); }

}  // namespace racepair::subject
