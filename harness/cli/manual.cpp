#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "../judge/exit_code.hpp"
#include "arguments.hpp"
#include "commands.hpp"
#include "description.hpp"

namespace racepair::cli {
namespace {

/// Text that roff leaves as it is, line by line.
std::string literal(const std::string& text) {
    std::string out;
    for (const char letter : text) {
        const bool begins_line = out.empty() || out.back() == '\n';
        if (begins_line && (letter == '.' || letter == '\'')) out += "\\&";
        if (letter == '\\')
            out += "\\e";
        else if (letter == '-')
            out += "\\-";
        else
            out += letter;
    }
    return out;
}

/// Lines that are to stay lines.
std::string lines(const std::string& text) {
    std::string out = ".nf\n" + literal(text);
    return out + (out.ends_with('\n') ? "" : "\n") + ".fi\n";
}

std::string synopsis_of(const CommandText& command) {
    std::string text = "\\fBracepair " + literal(command.name) + "\\fR [\\fIOPTIONS\\fR]";
    for (const auto& option : command.options)
        if (option.is_argument) {
            const auto word =
                "\\fI" + literal(option.names.front()) + "\\fR" + (option.is_repeated ? "..." : "");
            text += option.is_required ? " " + word : " [" + word + "]";
        }
    return text;
}

std::string entry_of(const OptionText& option) {
    std::string names;
    for (const auto& name : option.names)
        names += fmt::format("{}\\fB{}\\fR", names.empty() ? "" : ", ", literal(name));
    if (!option.value.empty()) names += " \\fI" + literal(option.value) + "\\fR";
    auto what = literal(option.what);
    if (!option.choices.empty())
        what += literal(fmt::format(": {}", fmt::join(option.choices, ", ")));
    return ".TP\n" + names + "\n" + what + "\n";
}

std::string manual_of(const CommandText& racepair) {
    auto text = fmt::format(
        ".TH RACEPAIR 1 \"\" \"racepair {}\" \"User Commands\"\n"
        ".SH NAME\nracepair \\- race\\-detection test harness for C++\n.SH SYNOPSIS\n",
        RACEPAIR_VERSION);
    for (const auto& command : racepair.commands)
        text += synopsis_of(command) + (&command == &racepair.commands.back() ? "\n" : "\n.br\n");
    text += ".SH DESCRIPTION\n" + literal(racepair.what) + ".\n.SH COMMANDS\n";
    for (const auto& command : racepair.commands) {
        text += fmt::format(".SS {}\n{}.\n", literal(command.name), literal(command.what));
        for (const auto& option : command.options) text += entry_of(option);
        if (!command.footer.empty()) text += ".PP\n" + lines(command.footer);
    }
    return text + ".SH NOTES\n" + lines(racepair.footer);
}

}  // namespace

Command add_manual(CLI::App& app, const Caller&) {
    const auto output_file = std::make_shared<std::string>();
    auto* command = app.add_subcommand("manual", "Print the page for man");
    command->group("");  // for whoever packages it
    command->add_option("-o,--output", *output_file, "Write to this file")->type_name("FILE");
    return {command, [=, &app] {
                put(manual_of(description_of(app)), *output_file);
                return judge::exit_as_expected;
            }};
}

}  // namespace racepair::cli
