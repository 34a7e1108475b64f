#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "../judge/exit_code.hpp"
#include "../judge/session.hpp"
#include "arguments.hpp"
#include "commands.hpp"

namespace racepair::cli {
namespace {

struct Options {
    std::vector<std::string> files;
    std::string output_file;
    std::string program;
};

int merge(const Options& options) {
    auto all = read_all(options.files);
    all.command = judge::shell_word(options.program) + " merge";
    for (const auto& file : options.files) all.command += " " + judge::shell_word(file);
    leave(all, options.output_file);
    fmt::print("{} results of {} files\n", all.results.size(), options.files.size());
    return judge::exit_code_for(all.results);
}

}  // namespace

Command add_merge(CLI::App& app, const Caller& caller) {
    const auto options = std::make_shared<Options>();
    options->program = caller.program;
    auto* command = app.add_subcommand("merge", "Put the results of several files into one");
    command->add_option("RESULTS", options->files, "Files that judge --results has written")
        ->required()
        ->type_name("");
    command->add_option("-o,--output", options->output_file, "Write all of them to this file")
        ->required()
        ->type_name("FILE");
    command->footer(
        "Exits as judge has: with 1 if a verdict is not as expected.\n"
        "Example: racepair merge plain.json tsan.json -o all.json");
    return {command, [=] { return merge(*options); }};
}

}  // namespace racepair::cli
