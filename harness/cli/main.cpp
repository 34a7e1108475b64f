// The command `racepair`: reads the command line and hands over to the judge and the reports.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
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
    "3 nothing was judged; 4 the set-up cannot be trusted (TOOL_ERROR, NOT_INSTRUMENTED); 5 a "
    "schedule was refused;\n"
    "70 a defect of racepair.";

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

/// "2x3" or "2×3".
judge::Exploring::Scope scope_of(const std::string& text) {
    const std::string cross = text.find("×") != std::string::npos ? "×" : "x";
    const auto at = text.find(cross);
    judge::Exploring::Scope scope{0, 0};
    const auto read = [](const std::string& part, int& number) {
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        return error == std::errc() && end == part.data() + part.size() && number > 0;
    };
    if (at == std::string::npos || !read(text.substr(0, at), scope.threads) ||
        !read(text.substr(at + cross.size()), scope.rounds) || scope.threads > 10'000)
        throw CLI::ValidationError("'" + text + "' is no scope: write threads and rounds as 2x2");
    return scope;
}

/// What `explore` and `replay` both take.
template <class Options>
void add_variant(CLI::App& command, Options& options, std::string& scope) {
    command
        .add_option("SUBJECT", options.subject, "A program that was built with --preset explore")
        ->required();
    command.add_option("CASE", options.name, "<mechanism>.<case>, or that with .<variant>")
        ->required();
    command.add_option("--variant", options.variant, "Which variant (default: the racy one)");
    command.add_option("--scope", scope, "Threads and rounds: 2x2 (default: the case's own)");
    command.add_option("--backend", options.request.exploring.backend, "fibers or os-threads")
        ->check(CLI::IsMember({"fibers", "os-threads"}));
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

    const CLI::IsMember is_detector(
        {"plain", "tsan", "helgrind", "drd", "explore", "thread_safety"});
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
        ->add_option(
            "--detector", judging.request.detector,
            "helgrind or drd, for a plain subject (default: what the subject is built for)")
        ->check(is_detector);
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
    judge->add_flag("--muted", judging.request.muted,
                    "Leave reports muted where report_bugs=0 mutes them, as for all else");
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
    list->add_option("--course", listing.order_file,
                     "As a course in Markdown, in the reading order that this file says");
    list->add_option("--ctest", listing.ctest_target, "As a script for CTest, under this name")
        ->group("");
    list->add_option("--results-dir", listing.results_dir, "Where those tests leave their results")
        ->group("");
    list->add_option("--expect-file", listing.expected_files,
                     "Fail unless this source file registers a case")
        ->group("");
    list->add_option("--judge", listing.judge_program, "The judge that those tests call")
        ->group("");
    list->add_option("--detector", listing.detector, "By which detector they are judged")
        ->check(is_detector);
    list->add_option("--label", listing.labels, "Further labels of those tests")->group("");
    list->add_option("--suffix", listing.suffix, "What their names end with")->group("");
    list->add_option("--trials", listing.trials, "Their trials of each variant")->group("");
    list->add_option("--timeout", listing.timeout_s, "Their time limit in seconds")->group("");
    list->add_flag("--only-canary", listing.only_canary, "Only the canary")->group("");

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

    cli::MatrixOptions comparing;
    comparing.request.judge_program = words[0];
    auto* matrix = app.add_subcommand(
        "matrix", "Judge subjects by every detector that fits them, and show all in one table");
    matrix
        ->add_option(
            "SOURCE", comparing.sources,
            "Programs that were linked with racepair::subject, or files of results (.json)")
        ->required();
    matrix->add_option("--results", comparing.results_file,
                       "Write all that was seen and concluded to this JSON file");
    matrix->add_flag("--rates", comparing.rates,
                     "Print how often each variant was flagged, as comma-separated values");
    matrix->footer(
        "A plain subject is judged by Helgrind and DRD too, where valgrind is installed.\n"
        "Example: racepair matrix build/plain-O0/bin/cases build/tsan/bin/cases\n" +
        std::string(footer));

    cli::ExploreOptions exploring;
    exploring.request.judge_program = words[0];
    auto& how = exploring.request.exploring;
    std::string explore_scope, explore_budget;
    auto* explore = app.add_subcommand("explore", "Run a case's schedules, one after the other");
    add_variant(*explore, exploring, explore_scope);
    explore->add_option("--strategy", how.strategy, "How schedules are chosen (default: dpor)")
        ->check(CLI::IsMember({"dpor", "every", "pct", "random", "round-robin", "noise"}));
    explore->add_option("--seed", how.seed, "For pct, random and noise (default: 1)")
        ->check(CLI::NonNegativeNumber);
    explore->add_option("--max-executions", how.executions, "At most so many (default: 1000000)")
        ->check(CLI::Range(1LL, 1'000'000'000LL));
    explore->add_option("--preemptions", how.preemptions, "For every: at most so many in each")
        ->check(CLI::Range(0LL, 1000LL));
    explore->add_option("--depth", how.depth, "For pct: of the bugs looked for (default: 3)")
        ->check(CLI::Range(1LL, 16LL));
    explore->add_option("--budget", explore_budget, "At most so long: 10s (default: 1min)");
    explore->add_flag("--until-seen", exploring.until_seen, "End with the first that goes wrong");
    explore->add_option("--json", exploring.json_file, "Write all that was seen to this file");
    explore->footer(
        "dpor runs all schedules that differ, every runs all; pct and random draw some; "
        "noise disturbs real\nthreads, at the case's full scope.\n"
        "Example: racepair explore build/explore/bin/cases counters.plain_counter\n" +
        std::string(footer));

    cli::ReplayOptions replaying;
    replaying.request.judge_program = words[0];
    std::string replay_scope;
    auto* replay = app.add_subcommand("replay", "Run one schedule again, step by step");
    add_variant(*replay, replaying, replay_scope);
    replay
        ->add_option("SCHEDULE", replaying.request.exploring.schedule,
                     "As racepair explore prints it: rp1-…")
        ->required();
    replay->add_flag("--gdb", replaying.gdb, "Stop in gdb where its last step is to be taken");
    replay->footer(
        "Example: racepair replay build/explore/bin/cases counters.plain_counter rp1-…\n" +
        std::string(footer));

    try {
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
        app.parse(arguments);
        if (!gtest_arguments.empty() && !judge->parsed())
            throw CLI::ValidationError(gtest_arguments.front() + " goes with racepair judge");
        if (!budget.empty()) judging.request.budget = duration_of(budget);
        if (!timeout.empty()) judging.request.timeout = duration_of(timeout);
        if (!explore_budget.empty()) exploring.request.budget = duration_of(explore_budget);
        if (!explore_scope.empty()) how.scope = scope_of(explore_scope);
        if (!replay_scope.empty()) replaying.request.exploring.scope = scope_of(replay_scope);
        if (how.is_noise()) exploring.request.trials = how.executions.value_or(100);
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
        if (explore->parsed()) return cli::explore(exploring);
        if (replay->parsed()) return cli::replay(replaying);
        if (matrix->parsed()) return cli::matrix(comparing);
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
