// The command `racepair`: reads the command line and hands over to the judge and the reports.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "../judge/exit_code.hpp"
#include "commands.hpp"

namespace {

using namespace racepair;

constexpr const char* footer =
    "Exit codes: 0 every verdict is as expected; 1 at least one is not; 2 the command line cannot "
    "be understood;\n"
    "3 nothing was judged; 4 the set-up cannot be trusted (TOOL_ERROR, NOT_INSTRUMENTED); 70 a "
    "defect of racepair.";

/// GoogleTest's arguments are its own; all others are ours.
std::vector<std::string> take_gtest_arguments(std::vector<std::string>& arguments) {
    std::vector<std::string> taken;
    std::erase_if(arguments, [&](const std::string& argument) {
        const bool is_gtest = argument.starts_with("--gtest_");
        if (is_gtest) taken.push_back(argument);
        return is_gtest;
    });
    return taken;
}

/// "2s", "500ms" or "2" (seconds).
std::chrono::milliseconds duration_of(const std::string& text) {
    std::size_t used = 0;
    double number = 0;
    try {
        number = std::stod(text, &used);
    } catch (const std::exception&) {
    }
    const auto unit = text.substr(used);
    const double scale = unit == "ms"                  ? 1
                         : unit == "s" || unit.empty() ? 1000
                         : unit == "min"               ? 60'000
                                                       : 0;
    if (used == 0 || scale == 0 || !(number > 0) || number * scale > 1e9)
        throw CLI::ValidationError("'" + text + "' is no duration: write 500ms, 2s or 1min");
    return std::chrono::milliseconds(static_cast<long long>(number * scale));
}

}  // namespace

int main(int count, char** words) {
    std::vector<std::string> arguments(words + 1, words + count);
    const auto gtest_arguments = take_gtest_arguments(arguments);

    CLI::App app(
        "racepair: proves that races are caught for the right reason and that their repairs are "
        "silent and right");
    app.require_subcommand(1);
    app.set_version_flag("--version", RACEPAIR_VERSION);
    app.footer(footer);

    cli::JudgeOptions judging;
    judging.request.judge_program = words[0];
    judging.gtest_arguments = gtest_arguments;
    auto* judge = app.add_subcommand(
        "judge", "Have subjects run their cases, weigh the evidence, say the verdicts");
    judge
        ->add_option("SUBJECT", judging.subjects,
                     "Programs that were linked with racepair::subject")
        ->required();
    judge
        ->add_option("--detector", judging.request.detector,
                     "plain, tsan or explore (default: what the subject is built for)")
        ->check(CLI::IsMember({"plain", "tsan", "explore"}));
    judge->add_option("--filter", judging.filter,
                      "Which variants, as --gtest_filter: counters.*, *.racy, a:b-c");
    long long trials = 0;
    auto* trials_option =
        judge->add_option("--trials", trials, "Exactly so many trials of each variant")
            ->check(CLI::Range(1LL, 1'000'000'000LL));
    std::string budget, timeout;
    judge
        ->add_option("--budget", budget,
                     "As many trials of each variant as fit in this time: 500ms, 2s, 1min")
        ->excludes(trials_option);
    judge->add_option("--timeout", timeout, "End a subject that takes longer (default 60s)");
    judge->add_flag("--isolate", judging.request.isolate, "A process of its own for each trial");
    judge->add_flag("--canary", judging.canary, "Judge only the canary of each subject");
    judge->add_option("--results", judging.results_file,
                      "Write all that was seen and concluded to this JSON file");
    judge->footer(
        "Takes GoogleTest's options too: --gtest_filter, --gtest_output=xml:FILE, "
        "--gtest_list_tests, …\n" +
        std::string(footer));

    cli::ListOptions listing;
    auto* list = app.add_subcommand("list", "Show the cases of subjects");
    list->add_option("SUBJECT", listing.subjects,
                     "Programs that were linked with racepair::subject")
        ->required();
    list->add_flag("--json", listing.json, "As JSON");
    list->add_option("--ctest", listing.ctest_target, "As a script for CTest, under this name")
        ->group("");
    list->add_option("--results-dir", listing.results_dir, "Where those tests leave their results")
        ->group("");
    list->add_option("--expect-file", listing.expected_files,
                     "Fail unless this source file registers a case")
        ->group("");
    list->add_option("--judge", listing.judge_program, "The judge that those tests call")
        ->group("");

    cli::DoctorOptions examining;
    examining.judge_program = words[0];
    auto* doctor = app.add_subcommand(
        "doctor", "Find out whether a green result can be believed on this machine");
    doctor->add_option("SUBJECT", examining.subjects,
                       "Programs to look at (default: the canary beside racepair)");
    doctor->add_flag("--json", examining.json, "As JSON");

    cli::ShowOptions showing;
    auto* show =
        app.add_subcommand("show", "Show results again, from files that judge --results wrote");
    show->add_option("RESULTS", showing.files, "Files of results")->required();
    show->add_option("--pair", showing.pair,
                     "One case on one screen, its racy and its fixed variant side by side");

    try {
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
        app.parse(arguments);
        if (!gtest_arguments.empty() && !judge->parsed())
            throw CLI::ValidationError(gtest_arguments.front() + " goes with racepair judge");
        if (!budget.empty()) judging.request.budget = duration_of(budget);
        if (!timeout.empty()) judging.request.timeout = duration_of(timeout);
        if (trials_option->count() > 0) judging.request.trials = trials;
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help);
    } catch (const CLI::CallForAllHelp& help) {
        return app.exit(help);
    } catch (const CLI::CallForVersion& version) {
        return app.exit(version);
    } catch (const CLI::ParseError& wrong) {
        fmt::print(
            stderr, "usage: {}\nNext: racepair{} --help\n", wrong.what(),
            app.get_subcommands().empty() ? "" : " " + app.get_subcommands().front()->get_name());
        return judge::exit_usage;
    }

    try {
        if (judge->parsed()) return cli::judge(judging);
        if (list->parsed()) return cli::list(listing);
        if (doctor->parsed()) return cli::doctor(examining);
        return cli::show(showing);
    } catch (const cli::UsageError& wrong) {
        fmt::print(stderr, "usage: {}\n", wrong.what());
        return judge::exit_usage;
    } catch (const std::exception& wrong) {
        fmt::print(stderr,
                   "internal: {}\nThis is a defect of racepair, not of your code; please report "
                   "the command.\n",
                   wrong.what());
        return judge::exit_internal;
    }
}
