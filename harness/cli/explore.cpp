#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "../judge/exit_code.hpp"
#include "../report/exploration_screen.hpp"
#include "chosen.hpp"
#include "commands.hpp"
#include "progress.hpp"

namespace racepair::cli {
namespace {

using namespace racepair::judge;

/// Real threads, disturbed: there is nothing to be covered, only outcomes to be counted.
int disturb(const Chosen& chosen, const report::Style& style, Results& all) {
    const auto seen = chosen.session->watch(*chosen.info, *chosen.variant);
    if (!seen.refused.empty()) {
        fmt::print(stderr, "case: {}\n", seen.refused);
        return exit_untrustworthy;
    }
    fmt::print("{}", report::noise_screen(seen.result, style));
    all.results.push_back(seen.result);
    const bool is_right = chosen.variant->defect == "none";
    return is_right && seen.result.cells.wrong().hits > 0 ? exit_not_as_expected : exit_as_expected;
}

}  // namespace

int explore(const ExploreOptions& options) {
    const auto style = report::style_for(STDOUT_FILENO);
    const Progress progress;
    auto request = options.request;
    request.detector = "explore";
    request.exploring.go_on = !options.until_seen;
    request.on_exploring = [&](long long executions, long long pending, long long outcomes,
                               long long steps) {
        progress.show(fmt::format("  {} executions · {} outcomes · {} steps · at least {} to come",
                                  executions, outcomes, steps, pending));
    };
    Results all;
    all.judge_version = RACEPAIR_VERSION;
    all.command = fmt::format("{} explore {} {}", shell_word(request.judge_program),
                              shell_word(options.subject), shell_word(options.name));
    const auto begin_of_replay =
        fmt::format("{} replay {}", shell_word(request.judge_program), shell_word(options.subject));
    int code = exit_as_expected;
    try {
        const auto chosen = choose(options.subject, options.name, options.variant, request);
        if (request.exploring.is_noise()) {
            code = disturb(chosen, style, all);
        } else {
            all.results.push_back(chosen.session->judge(*chosen.info, *chosen.variant));
            progress.clear();
            fmt::print("{}", report::exploration_screen(all.results.front(), request.exploring,
                                                        begin_of_replay, style));
            for (const auto& other : chosen.info->variants) {
                if (chosen.was_named || &other == chosen.variant) continue;
                all.results.push_back(chosen.session->judge(*chosen.info, other));
                progress.clear();
                fmt::print("{}", report::exploration_line(all.results.back(), style));
            }
            code = exit_code_for(all.results);
        }
    } catch (const SubjectError& error) {
        progress.clear();
        fmt::print(stderr, "{} {}\n", text_of(error.verdict), error.what());
        return exit_untrustworthy;
    }
    if (!options.json_file.empty()) {
        try {
            write_results(all, options.json_file);
        } catch (const std::runtime_error& wrong) {
            throw UsageError(wrong.what());
        }
    }
    return code;
}

}  // namespace racepair::cli
