#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "../judge/exit_code.hpp"
#include "../report/exploration_screen.hpp"
#include "arguments.hpp"
#include "chosen.hpp"
#include "commands.hpp"
#include "progress.hpp"

namespace racepair::cli {
namespace {

using namespace racepair::judge;

struct Options {
    Choice choice;
    Request request;
    bool until_seen = false;
    std::string results_file;
};

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

int explore(const Options& options) {
    must_be_writable(options.results_file);
    const auto style = report::style_for(STDOUT_FILENO);
    const Progress progress;
    auto request = options.request;
    request.detector = "explore";
    request.exploring.go_on = !options.until_seen;
    if (request.exploring.is_noise()) request.trials = request.exploring.executions.value_or(100);
    request.on_exploring = [&](long long executions, long long pending, long long outcomes,
                               long long steps) {
        progress.show(fmt::format("  {} executions · {} outcomes · {} steps · at least {} to come",
                                  executions, outcomes, steps, pending));
    };
    Results all;
    all.judge_version = RACEPAIR_VERSION;
    all.command = fmt::format("{} explore {} {}", shell_word(request.judge_program),
                              shell_word(options.choice.subject), shell_word(options.choice.name));
    const auto begin_of_replay = fmt::format("{} replay {}", shell_word(request.judge_program),
                                             shell_word(options.choice.subject));
    int code = exit_as_expected;
    try {
        const auto chosen = choose(options.choice, request);
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
    leave(all, options.results_file);
    return code;
}

}  // namespace

Command add_explore(CLI::App& app, const Caller& caller) {
    const auto options = std::make_shared<Options>();
    options->request.judge_program = caller.program;
    auto& how = options->request.exploring;
    auto* command = app.add_subcommand("explore", "Run a case's schedules, one after the other");
    add_choice(*command, options->choice, how);
    command->add_option("--strategy", how.strategy, "How schedules are chosen (default: dpor)")
        ->type_name("NAME")
        ->check(CLI::IsMember({"dpor", "every", "pct", "random", "round-robin", "noise"}));
    command->add_option("--seed", how.seed, "For pct, random and noise (default: 1)")
        ->type_name("N")
        ->check(CLI::Validator(CLI::NonNegativeNumber).description(""));
    const auto range = [](long long least, long long most) {
        return CLI::Range(least, most).description("");
    };
    command->add_option("--max-executions", how.executions, "At most so many (default: 1000000)")
        ->type_name("N")
        ->check(range(1, 1'000'000'000));
    command->add_option("--preemptions", how.preemptions, "For every: at most so many in each")
        ->type_name("N")
        ->check(range(0, 1000));
    command->add_option("--depth", how.depth, "For pct: of the bugs looked for (default: 3)")
        ->type_name("N")
        ->check(range(1, 16));
    command
        ->add_option_function<std::string>(
            "--budget",
            [=](const std::string& text) { options->request.budget = duration_of(text); },
            "At most so long: 10s (default: 1min)")
        ->type_name("TIME");
    command->add_flag("--until-seen", options->until_seen, "End with the first that goes wrong");
    command->add_option("--results", options->results_file, "Write all that was seen to this file")
        ->type_name("FILE");
    command->footer(
        "dpor runs all that differ, every all, pct and random some; noise disturbs real threads.\n"
        "Example: racepair explore build/explore/bin/cases counters.plain_counter");
    return {command, [=] { return explore(*options); }};
}

}  // namespace racepair::cli
