#include <fmt/format.h>
#include <fnmatch.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <sstream>

#include "../judge/exit_code.hpp"
#include "../judge/front.hpp"
#include "../report/comparison.hpp"
#include "../report/console.hpp"
#include "arguments.hpp"
#include "commands.hpp"
#include "progress.hpp"

namespace racepair::cli {
namespace {

using namespace racepair::judge;

struct Options {
    std::vector<std::string> subjects;
    Request request;
    std::string filter;
    bool canary = false;
    std::string results_file;
    std::string baseline_file;
    std::vector<std::string> gtest_arguments;
};

std::string whole_command(const Options& options) {
    std::string command = shell_word(options.request.judge_program) + " judge";
    for (const auto& subject : options.subjects) command += " " + shell_word(subject);
    if (!options.filter.empty()) command += " --filter " + shell_word(options.filter);
    for (const auto& argument : options.gtest_arguments) command += " " + shell_word(argument);
    return command;
}

/// Is the variant among those that a filter of GoogleTest's picks? Patterns with * and ?, divided
/// by colons; those after a dash are not picked.
bool is_picked(const std::string& name, const std::string& filter) {
    const auto dash = filter.find('-');
    const auto matches_any = [&](const std::string& patterns) {
        std::istringstream in(patterns);
        for (std::string pattern; std::getline(in, pattern, ':');)
            if (fnmatch(pattern.c_str(), name.c_str(), FNM_NOESCAPE) == 0) return true;
        return false;
    };
    return (dash == 0 || matches_any(filter.substr(0, dash))) &&
           (dash == std::string::npos || !matches_any(filter.substr(dash + 1)));
}

/// A line on each case that was asked for and that its session cannot run.
std::vector<std::string> left_out(const std::vector<std::unique_ptr<Session>>& sessions,
                                  const Options& options) {
    std::vector<std::string> lines;
    for (const auto& session : sessions)
        for (const auto& info : session->left_out())
            if (options.filter.empty() ||
                std::any_of(info.variants.begin(), info.variants.end(), [&](const auto& variant) {
                    return is_picked(info.name + "." + variant.name, options.filter);
                }))
                lines.push_back(fmt::format("left out: {}: {}; explore can run it\n", info.name,
                                            info.may_hang));
    return lines;
}

int nothing_judged(const std::vector<std::unique_ptr<Session>>& sessions, const Options& options) {
    fmt::print(stderr, "usage: nothing was judged, so nothing is proven.\n");
    if (const char* shards = std::getenv("GTEST_TOTAL_SHARDS"))
        fmt::print(stderr,
                   "  GTEST_TOTAL_SHARDS is {}: this shard is empty; use fewer shards than there "
                   "are variants\n",
                   shards);
    if (!options.filter.empty())
        fmt::print(stderr, "  nothing that can be judged here matches --filter {}\n",
                   shell_word(options.filter));
    for (const auto& argument : options.gtest_arguments)
        fmt::print(stderr, "  with {}\n", argument);
    for (const auto& line : left_out(sessions, options)) fmt::print(stderr, "  {}", line);
    for (const auto& session : sessions)
        fmt::print(stderr, "Next: {} list {}\n", shell_word(options.request.judge_program),
                   shell_word(session->subject()));
    return exit_nothing_judged;
}

/// Says what is new, known and gone. What fails for known races alone does not fail the run.
int weigh_against(const std::vector<Result>& baseline, const std::vector<Result>& results,
                  const Options& options, const report::Style& style) {
    auto comparison = report::compare(baseline, results);
    comparison.verdicts.clear();  // they have been said
    fmt::print("\ncompared with {}:\n{}", options.baseline_file,
               report::text_of(comparison, style));
    auto weighed = results;
    const auto known = report::races_of(baseline);
    for (auto& result : weighed)
        if (report::is_known(result, known)) result.as_expected = true;
    return exit_code_for(weighed);
}

int judge(const Options& options) {
    // Before anything takes time: a file may not be there, or not be anyone's to write.
    const auto baseline =
        options.baseline_file.empty() ? Results() : read_all({options.baseline_file});
    must_be_writable(options.results_file);
    Progress progress;
    auto request = options.request;
    request.on_progress = [&](const std::string& name, long long trials) {
        progress.show(fmt::format("  {} · {} trials", name, trials));
    };
    request.on_exploring = [&](long long executions, long long, long long, long long) {
        progress.show(fmt::format("  {} schedules", executions));
    };

    auto gtest_arguments = options.gtest_arguments;
    const auto is_filter = [](const std::string& argument) {
        return argument.starts_with("--gtest_filter");
    };
    if (!options.filter.empty() &&
        std::any_of(gtest_arguments.begin(), gtest_arguments.end(), is_filter))
        throw UsageError("--filter and --gtest_filter say the same thing: give one of them");
    if (!options.filter.empty()) gtest_arguments.push_back("--gtest_filter=" + options.filter);
    Front front(gtest_arguments);
    if (!front.unknown_flag().empty())
        throw UsageError("GoogleTest does not know " + front.unknown_flag() +
                         "\nNext: racepair judge --help");

    std::vector<std::unique_ptr<Session>> sessions;
    for (const auto& subject : options.subjects) {
        must_be_program(subject);
        try {
            // The command has to work from anywhere that the verdict is read.
            sessions.push_back(std::make_unique<Session>(std::filesystem::absolute(subject),
                                                         request, this_machine()));
        } catch (const SubjectError& error) {
            fmt::print(stderr, "{} {}\n", text_of(error.verdict), error.what());
            return exit_untrustworthy;
        }
        front.add(*sessions.back(), options.canary);
    }

    const auto style = report::style_for(STDOUT_FILENO);
    Results all;
    all.judge_version = RACEPAIR_VERSION;
    all.command = whole_command(options);
    all.results = front.run([&](const std::string& name) { progress.show("  " + name); },
                            [&](const Result& result) {
                                progress.clear();
                                fmt::print("{}", report::text_of(result, style));
                                std::fflush(stdout);
                            });
    if (front.only_lists()) return exit_as_expected;
    if (all.results.empty()) return nothing_judged(sessions, options);
    if (!options.canary)
        for (const auto& line : left_out(sessions, options)) fmt::print("{}", line);
    fmt::print("{}", report::summary_of(all.results, style));
    leave(all, options.results_file);
    return options.baseline_file.empty()
               ? exit_code_for(all.results)
               : weigh_against(baseline.results, all.results, options, style);
}

}  // namespace

Command add_judge(CLI::App& app, const Caller& caller) {
    const auto options = std::make_shared<Options>();
    auto& request = options->request;
    request.judge_program = caller.program;
    options->gtest_arguments = caller.gtest_arguments;
    auto* command = app.add_subcommand(
        "judge", "Have subjects run their cases, weigh the evidence, say the verdicts");
    command
        ->add_option("SUBJECT", options->subjects,
                     "Programs that were linked with racepair::subject")
        ->required()
        ->type_name("");
    command
        ->add_option("--detector", request.detector,
                     "Which one: helgrind and drd take a plain subject")
        ->type_name("NAME")
        ->check(is_detector());
    command
        ->add_option("--filter", options->filter,
                     "Which variants, as --gtest_filter: counters.*, *.racy, a:b-c")
        ->type_name("PATTERN")
        ->check(CLI::Validator(
            [](const std::string& text) {
                return text.empty() ? "an empty one picks nothing" : "";
            },
            ""));
    auto* trials =
        command->add_option("--trials", request.trials, "Exactly so many trials of each variant")
            ->type_name("N")
            ->check(CLI::Range(1LL, 1'000'000'000LL).description(""));
    command
        ->add_option_function<std::string>(
            "--budget", [&request](const std::string& text) { request.budget = duration_of(text); },
            "As many trials of each as fit in this time: 500ms, 2s, 1min")
        ->type_name("TIME")
        ->excludes(trials);
    command
        ->add_option_function<std::string>(
            "--timeout",
            [&request](const std::string& text) { request.timeout = duration_of(text); },
            "End a subject that takes longer (default: 60s)")
        ->type_name("TIME");
    command->add_flag("--isolate", request.isolate, "A process of its own for each trial");
    command
        ->add_flag("--muted", request.muted,
                   "Leave reports muted where report_bugs=0 mutes them, as for all else")
        ->group("");
    command->add_flag("--canary", options->canary, "Judge only the canary of each subject");
    command
        ->add_option("--results", options->results_file,
                     "Write all that was seen and concluded to this JSON file")
        ->type_name("FILE");
    command
        ->add_option("--baseline", options->baseline_file,
                     "Results whose races are known: fail for new ones only")
        ->type_name("FILE");
    command->footer(
        "Takes GoogleTest's options too: --gtest_filter, --gtest_output=xml:FILE, …\n"
        "Example: racepair judge build/tsan/bin/cases --filter 'counters.*' --results "
        "results.json");
    return {command, [=] { return judge(*options); }};
}

}  // namespace racepair::cli
