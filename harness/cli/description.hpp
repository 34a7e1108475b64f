#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace racepair::cli {

/// An option or an argument, as its command describes it to CLI11.
struct OptionText {
    std::vector<std::string> names;    // "-o", "--output"; of an argument its one name: "SUBJECT"
    std::string value;                 // "FILE"; "" of a flag
    std::vector<std::string> choices;  // where only these are taken
    std::string what;
    bool is_argument = false;
    bool is_required = false;
    bool is_repeated = false;
};

/// All that `--help` knows, for whoever writes it in another form.
struct CommandText {
    std::string name;
    std::string what;
    std::vector<OptionText> options;
    std::string footer;
    std::vector<CommandText> commands;
};

/// Without what is hidden.
CommandText description_of(const CLI::App& app);

}  // namespace racepair::cli
