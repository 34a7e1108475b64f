#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "../judge/exit_code.hpp"
#include "../judge/place.hpp"
#include "../report/exploration_screen.hpp"
#include "arguments.hpp"
#include "chosen.hpp"
#include "commands.hpp"

namespace racepair::cli {
namespace {

using namespace racepair::judge;

struct Options {
    Choice choice;
    Request request;  // with the schedule
    bool gdb = false;
};

/// Becomes gdb, with the subject stopped at the last step of the schedule.
[[noreturn]] void become_gdb(const Chosen& chosen, const Result& shown) {
    std::vector<std::string> words = {"gdb", "-q", "-ex", "run"};
    if (shown.schedule && !shown.schedule->steps.empty())
        if (const Frame* frame = culprit(shown.schedule->steps.back().stack))
            words.insert(words.end(), {"-ex", "frame function " + frame->function});
    words.insert(words.end(), {"--args", chosen.session->subject()});
    const auto rest = chosen.session->words_to_run(*chosen.info, *chosen.variant);
    words.insert(words.end(), rest.begin(), rest.end());
    words.emplace_back("--stop-at-failure");
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::fflush(stdout);
    execvp("gdb", arguments.data());
    throw UsageError(fmt::format("gdb cannot be started: {}\nNext: sudo apt-get install gdb",
                                 std::strerror(errno)));
}

int replay(const Options& options) {
    auto request = options.request;
    request.detector = "explore";
    try {
        const auto chosen = choose(options.choice, request);
        const auto seen = chosen.session->watch(*chosen.info, *chosen.variant);
        if (!seen.refused.empty()) {
            const auto& scope = request.exploring.scope;
            fmt::print(stderr, "limit: the schedule was refused: {}\nNext: {} explore {} {}{}{}\n",
                       seen.refused, shell_word(request.judge_program),
                       shell_word(options.choice.subject), shell_word(options.choice.name),
                       options.choice.variant.empty() ? "" : " --variant " + options.choice.variant,
                       scope ? fmt::format(" --scope {}x{}", scope->threads, scope->rounds) : "");
            return exit_refused;
        }
        fmt::print("{}", report::replay_screen(seen.result, report::style_for(STDOUT_FILENO)));
        if (options.gdb) become_gdb(chosen, seen.result);
        const bool went_wrong = seen.result.cells.wrong().hits > 0 || !seen.result.reports.empty();
        return went_wrong && chosen.variant->defect == "none" ? exit_not_as_expected
                                                              : exit_as_expected;
    } catch (const SubjectError& error) {
        fmt::print(stderr, "{} {}\n", text_of(error.verdict), error.what());
        return exit_untrustworthy;
    }
}

}  // namespace

Command add_replay(CLI::App& app, const Caller& caller) {
    const auto options = std::make_shared<Options>();
    options->request.judge_program = caller.program;
    auto& how = options->request.exploring;
    auto* command = app.add_subcommand("replay", "Run one schedule again, step by step");
    add_choice(*command, options->choice, how);
    command->add_option("SCHEDULE", how.schedule, "As racepair explore prints it: rp1-…")
        ->required()
        ->type_name("");
    command->add_flag("--gdb", options->gdb, "Stop in gdb where its last step is to be taken");
    command->footer(
        "Example: racepair replay build/explore/bin/cases counters.plain_counter rp1-…");
    return {command, [=] { return replay(*options); }};
}

}  // namespace racepair::cli
