#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "../judge/clean_text.hpp"
#include "../judge/exit_code.hpp"
#include "../judge/suppressions.hpp"
#include "../report/paint.hpp"
#include "arguments.hpp"
#include "commands.hpp"

namespace racepair::cli {
namespace {

using judge::SuppressionFault;

struct Options {
    std::string file;
    std::vector<std::string> results;
    bool json = false;
};

void print(const std::vector<SuppressionFault>& faults, const Options& options) {
    const auto style = report::style_for(STDOUT_FILENO);
    for (const auto& fault : faults)
        fmt::print("{}:{}: {} {}\n    {}\n    remedy: {}\n", options.file, fault.line,
                   report::paint(style, report::Paint::red, fault.name),
                   judge::clean_text(judge::clip_text(fault.entry, 200)), fault.why, fault.remedy);
}

void print_json(const std::vector<SuppressionFault>& faults, const Options& options) {
    nlohmann::ordered_json document = {{"racepair_lint_suppressions", 1},
                                       {"file", options.file},
                                       {"faults", nlohmann::ordered_json::array()}};
    for (const auto& fault : faults)
        document["faults"].push_back({{"line", fault.line},
                                      {"entry", fault.entry},
                                      {"name", fault.name},
                                      {"why", fault.why},
                                      {"remedy", fault.remedy}});
    fmt::print("{}\n",
               document.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

int lint_suppressions(const Options& options) {
    std::vector<SuppressionFault> faults;
    std::vector<judge::Suppression> entries;
    const auto text = text_of_file(options.file);
    try {
        entries = judge::read_suppressions(text, faults);
    } catch (const std::runtime_error& wrong) {
        throw UsageError(options.file + ": " + wrong.what());
    }
    const auto more = judge::faults_of(entries, read_all(options.results).results);
    faults.insert(faults.end(), more.begin(), more.end());
    std::stable_sort(faults.begin(), faults.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    if (options.json)
        print_json(faults, options);
    else
        print(faults, options);
    if (!options.json) fmt::print("{} entries, {} faults\n", entries.size(), faults.size());
    return faults.empty() ? judge::exit_as_expected : judge::exit_not_as_expected;
}

}  // namespace

Command add_lint_suppressions(CLI::App& app, const Caller&) {
    const auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand(
        "lint-suppressions", "Find suppressions that hide too much or nothing, or lack a reason");
    command->add_option("FILE", options->file, "Suppressions of ThreadSanitizer")
        ->required()
        ->type_name("");
    command
        ->add_option("RESULTS", options->results,
                     "Results of all that they are for, the canary's too")
        ->required()
        ->type_name("");
    command->add_flag("--json", options->json, "As JSON");
    command->footer(
        "Faults: too-broad, stale, no-reason, silences-canary, unreadable. Exits with 1 if there "
        "is "
        "one.\n"
        "Example: racepair lint-suppressions tsan.supp results.json");
    return {command, [=] { return lint_suppressions(*options); }};
}

}  // namespace racepair::cli
