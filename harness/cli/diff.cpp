#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "../judge/exit_code.hpp"
#include "../report/comparison.hpp"
#include "arguments.hpp"
#include "commands.hpp"

namespace racepair::cli {
namespace {

struct Options {
    std::string before;
    std::string after;
    bool json = false;
};

int diff(const Options& options) {
    const auto before = read_all({options.before}).results;
    const auto after = read_all({options.after}).results;
    if (after.empty()) {
        fmt::print(stderr, "usage: {} holds no result, so nothing is proven.\n", options.after);
        return judge::exit_nothing_judged;
    }
    const auto comparison = report::compare(before, after);
    fmt::print("{}", options.json ? report::json_of(comparison)
                                  : report::text_of(comparison, report::style_for(STDOUT_FILENO)));
    return report::is_worse(comparison) ? judge::exit_not_as_expected : judge::exit_as_expected;
}

}  // namespace

Command add_diff(CLI::App& app, const Caller&) {
    const auto options = std::make_shared<Options>();
    auto* command =
        app.add_subcommand("diff", "Say which races are new, known and gone, and what has changed");
    command->add_option("OLD", options->before, "Results to compare with")
        ->required()
        ->type_name("");
    command->add_option("NEW", options->after, "Results to look at")->required()->type_name("");
    command->add_flag("--json", options->json, "As JSON");
    command->footer(
        "A race is known by its kind and the two functions of yours that make its accesses.\n"
        "Exits with 1 if a race is new, a verdict is not as expected any more, or a variant is\n"
        "not judged any more. Races that a case expects count as verdicts only.\n"
        "Example: racepair diff main.json branch.json");
    return {command, [=] { return diff(*options); }};
}

}  // namespace racepair::cli
