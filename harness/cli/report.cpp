#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "../judge/exit_code.hpp"
#include "../report/console.hpp"
#include "../report/format.hpp"
#include "../report/page.hpp"
#include "../report/pair_screen.hpp"
#include "arguments.hpp"
#include "commands.hpp"

namespace racepair::cli {
namespace {

struct Options {
    std::vector<std::string> files;
    std::string format = "text";
    std::string output_file;
    std::string pair;
    std::optional<std::string> order_file;  // without one, cases stand in the order of their names
};

/// What `judge` has printed.
std::string text_of(const std::vector<judge::Result>& results, const report::Style& style) {
    std::string text;
    for (const auto& result : results) text += report::text_of(result, style);
    return text + report::summary_of(results, style);
}

std::string page_as_course(const std::vector<judge::Result>& results, const Options& options) {
    if (options.format != "html")
        throw UsageError("--course puts the cases of the page in order: add --format html");
    const auto course = course_in(*options.order_file);
    try {
        return report::page_of(results, course);
    } catch (const std::runtime_error& wrong) {
        throw UsageError(wrong.what());
    }
}

std::string document_of(const judge::Results& all, const Options& options) {
    const auto style =
        options.output_file.empty() ? report::style_for(STDOUT_FILENO) : report::Style{};
    if (!options.pair.empty()) {
        try {
            return report::pair_screen(all.results, options.pair, style);
        } catch (const std::runtime_error& wrong) {
            throw UsageError(wrong.what());
        }
    }
    if (options.order_file) return page_as_course(all.results, options);
    if (options.format == "text") return text_of(all.results, style);
    const auto& formats = report::all_formats();
    const auto found = std::find_if(formats.begin(), formats.end(), [&](const auto& format) {
        return format.name == options.format;
    });
    return found->write(all, std::filesystem::current_path());
}

int report(const Options& options) {
    const auto all = read_all(options.files);
    put(document_of(all, options), options.output_file);
    return judge::exit_code_for(all.results);
}

}  // namespace

Command add_report(CLI::App& app, const Caller&) {
    const auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("report", "Show results again, or write them for others");
    command->add_option("RESULTS", options->files, "Files that judge --results has written")
        ->required()
        ->type_name("");
    std::vector<std::string> names = {"text"};
    std::string formats = "Formats:\n  text        what judge has printed\n";
    for (const auto& format : report::all_formats()) {
        names.push_back(format.name);
        formats += fmt::format("  {:<11} {}\n", format.name, format.reader);
    }
    auto* format = command->add_option("--format", options->format, "For whom (default: text)")
                       ->type_name("NAME")
                       ->check(CLI::IsMember(names));
    command->add_option("-o,--output", options->output_file, "Write to this file")
        ->type_name("FILE");
    command
        ->add_option("--pair", options->pair, "One case on one screen, racy and fixed side by side")
        ->type_name("CASE")
        ->excludes(format);
    command
        ->add_option("--course", options->order_file,
                     "With --format html: cases in the reading order that this file says")
        ->type_name("FILE")
        ->excludes("--pair");
    command->footer(formats +
                    "Exits as judge has: with 1 if a verdict is not as expected, also where the "
                    "report is written.\n"
                    "Example: racepair report results.json --format junit -o junit.xml");
    return {command, [=] { return report(*options); }};
}

}  // namespace racepair::cli
