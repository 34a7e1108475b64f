// The command `racepair`: reads the command line, and has one of its commands do what it says.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "../judge/exit_code.hpp"
#include "arguments.hpp"
#include "commands.hpp"
#include "formatter.hpp"

namespace {

using namespace racepair;

constexpr const char* footer =
    "Exit codes: 0 every verdict is as expected; 1 at least one is not, or diff or "
    "lint-suppressions\n"
    "found something; 2 the command line or a file cannot be understood; 3 nothing was judged; 4 "
    "the\n"
    "set-up cannot be trusted (TOOL_ERROR, NOT_INSTRUMENTED); 5 a schedule was refused; 70 a "
    "defect\n"
    "of racepair.\n"
    "Example: racepair judge build/tsan/bin/cases";

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

}  // namespace

int main(int count, char** words) {
    std::vector<std::string> arguments(words + 1, words + count);
    cli::Caller caller;
    caller.program = words[0];
    caller.gtest_arguments = take_gtest_arguments(arguments);

    CLI::App app(
        "Proves that races are caught for the right reason, and that repairs are silent and right",
        "racepair");
    app.require_subcommand(1);
    app.set_version_flag("--version", RACEPAIR_VERSION);
    app.footer(footer);
    app.formatter(std::make_shared<cli::Formatter>());
    const std::vector<cli::Command> commands = {
        cli::add_list(app, caller),       cli::add_judge(app, caller),
        cli::add_matrix(app, caller),     cli::add_doctor(app, caller),
        cli::add_report(app, caller),     cli::add_merge(app, caller),
        cli::add_diff(app, caller),       cli::add_lint_suppressions(app, caller),
        cli::add_watch(app, caller),      cli::add_explore(app, caller),
        cli::add_replay(app, caller),     cli::add_new(app, caller),
        cli::add_completion(app, caller), cli::add_manual(app, caller),
    };
    const auto chosen = [&] {
        return std::find_if(commands.begin(), commands.end(),
                            [](const cli::Command& command) { return command.app->parsed(); });
    };

    const auto is_command = [&](const cli::Command& command) {
        return command.app->get_name() == arguments.front();
    };
    if (!arguments.empty() && !arguments.front().starts_with('-') &&
        std::none_of(commands.begin(), commands.end(), is_command)) {
        fmt::print(stderr, "usage: there is no command '{}'\nNext: racepair --help\n",
                   arguments.front());
        return judge::exit_usage;
    }

    try {
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
        app.parse(arguments);
        if (!caller.gtest_arguments.empty() && chosen()->app->get_name() != "judge")
            throw CLI::ValidationError(caller.gtest_arguments.front() +
                                       " goes with racepair judge");
    } catch (const CLI::Success& asked) {  // for help, or the version
        return app.exit(asked);
    } catch (const CLI::ParseError& wrong) {
        fmt::print(
            stderr, "usage: {}\nNext: racepair{} --help\n", wrong.what(),
            app.get_subcommands().empty() ? "" : " " + app.get_subcommands().front()->get_name());
        return judge::exit_usage;
    }

    try {
        return chosen()->run();
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
