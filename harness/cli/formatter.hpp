#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace racepair::cli {

/// How --help shows an option: its name and what it takes, so that it fits on a screen. What is
/// required stands in the line of usage, and what excludes what is said when both are given.
class Formatter : public CLI::Formatter {
   public:
    Formatter() { column_width(32); }

    std::string make_option_opts(const CLI::Option* option) const override {
        auto type = option->get_type_name();
        // CLI11 says "NAME:{a,b}".
        if (const auto choices = type.find(":{"); choices != std::string::npos)
            type.erase(0, choices + 1);
        return type.empty() || option->get_type_size() == 0 ? "" : " " + type;
    }
};

}  // namespace racepair::cli
