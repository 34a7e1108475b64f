#include "compiler_warnings.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "session.hpp"

namespace racepair::judge {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view warning = ": warning: ";

CompilerWarning read_line(std::string_view line) {
    const auto at = line.find(warning);
    const auto tag = line.rfind(" [-Wthread-safety");
    if (at == std::string_view::npos || tag == std::string_view::npos || tag < at) return {};
    const auto place = line.substr(0, at);
    const auto column = place.rfind(':');
    if (column == std::string_view::npos || column == 0) return {};
    const auto number = place.rfind(':', column - 1);
    if (number == std::string_view::npos) return {};
    CompilerWarning found;
    found.file = place.substr(0, number);
    std::from_chars(place.data() + number + 1, place.data() + column, found.line);
    found.text = line.substr(at + warning.size(), tag - at - warning.size());
    return found;
}

}  // namespace

std::vector<CompilerWarning> thread_safety_warnings(std::string_view printed) {
    std::vector<CompilerWarning> warnings;
    while (!printed.empty()) {
        const auto end = printed.find('\n');
        auto found = read_line(printed.substr(0, end));
        if (found.line > 0) warnings.push_back(std::move(found));
        printed.remove_prefix(end == std::string_view::npos ? printed.size() : end + 1);
    }
    return warnings;
}

std::string compile_command(const std::string& program, const std::string& source) {
    for (auto folder = fs::path(program).parent_path(); folder != folder.root_path();
         folder = folder.parent_path()) {
        const auto file = folder / "compile_commands.json";
        std::error_code error;
        if (!fs::exists(file, error)) continue;
        std::ifstream in(file);
        const auto commands = nlohmann::json::parse(in, nullptr, false);
        if (!commands.is_array()) throw std::runtime_error(file.string() + " cannot be read");
        for (const auto& command : commands)
            if (command.value("file", "") == source && command.contains("command"))
                return fmt::format("cd {} && {}", shell_word(command.value("directory", ".")),
                                   command.value("command", ""));
        throw std::runtime_error(
            fmt::format("{} does not say how {} is compiled", file.string(), source));
    }
    throw std::runtime_error(
        fmt::format("there is no compile_commands.json above {}: configure the build with "
                    "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON",
                    program));
}

}  // namespace racepair::judge
