#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "../judge/exit_code.hpp"
#include "../judge/front.hpp"
#include "../report/console.hpp"
#include "commands.hpp"
#include "progress.hpp"

namespace racepair::cli {
namespace {

using namespace racepair::judge;

std::string whole_command(const JudgeOptions& options) {
    std::string command = shell_word(options.request.judge_program) + " judge";
    for (const auto& subject : options.subjects) command += " " + shell_word(subject);
    if (!options.filter.empty()) command += " --filter " + shell_word(options.filter);
    for (const auto& argument : options.gtest_arguments) command += " " + shell_word(argument);
    return command;
}

int nothing_judged(const std::vector<std::unique_ptr<Session>>& sessions,
                   const JudgeOptions& options) {
    fmt::print(stderr, "usage: nothing was judged, so nothing is proven.\n");
    if (const char* shards = std::getenv("GTEST_TOTAL_SHARDS"))
        fmt::print(stderr,
                   "  GTEST_TOTAL_SHARDS is {}: this shard is empty; use fewer shards than there "
                   "are variants\n",
                   shards);
    if (!options.filter.empty())
        fmt::print(stderr, "  no variant matches --filter {}\n", shell_word(options.filter));
    for (const auto& argument : options.gtest_arguments)
        fmt::print(stderr, "  with {}\n", argument);
    for (const auto& session : sessions)
        for (const auto& info : session->left_out())
            fmt::print(stderr, "  left out: {}: {}; explore can run it\n", info.name,
                       info.may_hang);
    for (const auto& session : sessions)
        fmt::print(stderr, "Next: {} list {}\n", shell_word(options.request.judge_program),
                   shell_word(session->subject()));
    return exit_nothing_judged;
}

}  // namespace

void must_be_program(const std::string& subject) {
    std::error_code error;
    const auto status = std::filesystem::status(subject, error);
    if (!std::filesystem::exists(status))
        throw UsageError(fmt::format(
            "there is no subject {}\nNext: build it, for example cmake --workflow --preset tsan",
            subject));
    if (std::filesystem::is_directory(status) || access(subject.c_str(), X_OK) != 0)
        throw UsageError(fmt::format("{} is not a program that can be started", subject));
}

int judge(const JudgeOptions& options) {
    Progress progress;
    auto request = options.request;
    request.on_progress = [&](const std::string& name, long long trials) {
        progress.show(fmt::format("  {} · {} trials", name, trials));
    };
    request.on_exploring = [&](long long executions, long long, long long, long long) {
        progress.show(fmt::format("  {} schedules", executions));
    };

    auto gtest_arguments = options.gtest_arguments;
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
    if (options.filter.empty() && !options.canary)
        for (const auto& session : sessions)
            for (const auto& info : session->left_out())
                fmt::print("left out: {}: {}; explore can run it\n", info.name, info.may_hang);
    fmt::print("{}", report::summary_of(all.results, style));
    if (!options.results_file.empty()) {
        try {
            write_results(all, options.results_file);
        } catch (const std::runtime_error& wrong) {
            throw UsageError(wrong.what());
        }
    }
    return exit_code_for(all.results);
}

}  // namespace racepair::cli
