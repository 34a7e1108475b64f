#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

namespace racepair::cli {

/// How racepair was called, as far as it is not read by CLI11.
struct Caller {
    std::string program;                       // the word it was called by
    std::vector<std::string> gtest_arguments;  // --gtest_…, which only `judge` passes on
};

/// One subcommand: its options, which CLI11 shows and reads, and what it does with them.
struct Command {
    CLI::App* app;
    /// Once the options are read. Returns a code of judge/exit_code.hpp; throws UsageError.
    std::function<int()> run;
};

Command add_completion(CLI::App& app, const Caller& caller);
Command add_diff(CLI::App& app, const Caller& caller);
Command add_doctor(CLI::App& app, const Caller& caller);
Command add_explore(CLI::App& app, const Caller& caller);
Command add_judge(CLI::App& app, const Caller& caller);
Command add_lint_suppressions(CLI::App& app, const Caller& caller);
Command add_list(CLI::App& app, const Caller& caller);
Command add_manual(CLI::App& app, const Caller& caller);
Command add_matrix(CLI::App& app, const Caller& caller);
Command add_merge(CLI::App& app, const Caller& caller);
Command add_new(CLI::App& app, const Caller& caller);
Command add_replay(CLI::App& app, const Caller& caller);
Command add_report(CLI::App& app, const Caller& caller);
Command add_watch(CLI::App& app, const Caller& caller);

}  // namespace racepair::cli
