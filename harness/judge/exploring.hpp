#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace racepair::judge {

/// How schedules are to be explored. What is left open is the subject's own choice.
struct Exploring {
    struct Scope {
        int threads;
        int rounds;
    };
    std::string strategy = "dpor";
    std::string backend = "fibers";
    std::string schedule;  // follows this one alone
    long long seed = 1;
    std::optional<long long> executions;
    std::optional<long long> preemptions;
    std::optional<long long> depth;
    std::optional<Scope> scope;  // the case's own, where nobody says
    bool go_on = false;          // past the first schedule that goes wrong

    /// How long the subject explores when nobody says how long.
    static constexpr std::chrono::milliseconds usual_budget{60'000};

    bool is_noise() const { return strategy == "noise"; }

    /// The words that a subject understands, but for those about the scope.
    std::vector<std::string> arguments() const;
    std::vector<std::string> scope_arguments() const;
};

}  // namespace racepair::judge
