#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>

#include "../judge/exit_code.hpp"
#include "../judge/whole_file.hpp"
#include "arguments.hpp"
#include "commands.hpp"

namespace racepair::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string name;  // "<mechanism>/<case>"
    std::string folder = "cases";
};

/// Builds, and fails until it is filled in.
constexpr const char* draft =
    R"(// NAME: fill in what goes wrong, as you would say it: who does what, and
// which line is really more than one step.

#include <atomic>

#include "racepair/case.hpp"

namespace NAME {

struct Racy {
    int value = 0;
    void step() { value++; }  // fill in the broken code
};

struct Fixed {
    std::atomic<int> value = 0;
    void step() { value++; }  // fill in its repair
};

constexpr auto step_together = [](auto& code, auto& team) {
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) code.step();
    });
    return "fill in the scenario: return what came of it";
};

}  // namespace NAME

using namespace NAME;

RACEPAIR_CASE("MECHANISM.NAME")
    .lesson("Fill in the one sentence that a student should take home.")
    .exercise("Fill in what a student should do with it.")
    .scope({.threads = 4, .rounds = 100})
    .expects("fill in what is right")
    .scenario(step_together)
    .racy<Racy>()
    .fixed<Fixed>();
)";

/// It becomes a namespace. Those of C++20 that are of small letters, digits and _.
bool is_keyword(const std::string& name) {
    constexpr std::string_view keywords =
        " alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t "
        "char32_t char8_t class co_await co_return co_yield compl concept const const_cast "
        "consteval constexpr constinit continue decltype default delete do double dynamic_cast "
        "else enum explicit export extern false float for friend goto if inline int long mutable "
        "namespace new noexcept not not_eq nullptr operator or or_eq private protected public "
        "register reinterpret_cast requires return short signed sizeof static static_assert "
        "static_cast struct switch template this thread_local throw true try typedef typeid "
        "typename union unsigned using virtual void volatile wchar_t while xor xor_eq main std ";
    return keywords.find(" " + name + " ") != std::string_view::npos;
}

std::string with(std::string text, const std::string& word, const std::string& value) {
    for (auto at = text.find(word); at != std::string::npos;
         at = text.find(word, at + value.size()))
        text.replace(at, word.size(), value);
    return text;
}

std::vector<std::string> lines_in(const fs::path& file) {
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

void write_lines(const fs::path& file, const std::vector<std::string>& lines) {
    judge::write_whole(file, fmt::format("{}\n", fmt::join(lines, "\n")));
}

/// Puts the source among those that stand one a line in a list of CMake, in their order. Returns
/// whether there is such a list.
bool list_in_cmake(const fs::path& file, const std::string& source) {
    static const std::regex entry(R"(( +)([a-z0-9_/]+\.cpp)(\)?))");
    auto lines = lines_in(file);
    std::smatch parts;
    const auto is_entry = [&](const std::string& line) {
        return std::regex_match(line, parts, entry);
    };
    const auto first = std::find_if(lines.begin(), lines.end(), is_entry);
    if (first == lines.end()) return false;
    const auto end = std::find_if_not(first, lines.end(), is_entry);
    const auto place = std::find_if(first, end, [&](const std::string& line) {
        return is_entry(line) && parts[2].str() > source;
    });
    const std::string blanks = first->substr(0, first->find_first_not_of(' '));
    auto line = blanks + source;
    // The list ends with the last of its sources.
    if (place == end && std::prev(end)->ends_with(')')) {
        std::prev(end)->pop_back();
        line += ')';
    }
    lines.insert(place, line);
    write_lines(file, lines);
    return true;
}

/// Behind the others of its mechanism in the first part that has any, or at the end. Returns
/// whether there is a reading order.
bool list_in_reading_order(const fs::path& file, const std::string& mechanism,
                           const std::string& name) {
    auto lines = lines_in(file);
    if (lines.empty()) return false;
    const auto is_of_mechanism = [&](const std::string& line) {
        return line.starts_with(mechanism + ".");
    };
    const auto first = std::find_if(lines.begin(), lines.end(), is_of_mechanism);
    auto place = lines.end();
    for (auto line = first; line != lines.end() && !line->starts_with('#'); ++line)
        if (is_of_mechanism(*line)) place = std::next(line);
    lines.insert(place, mechanism + "." + name);
    write_lines(file, lines);
    return true;
}

int make_new(const Options& options) {
    static const std::regex form("([a-z][a-z0-9_]*)/([a-z][a-z0-9_]*)");
    std::smatch parts;
    if (!std::regex_match(options.name, parts, form))
        throw UsageError("'" + options.name +
                         "' is no name of a case: write MECHANISM/NAME, both of small letters, "
                         "digits and _\nNext: racepair new counters/batch_counter");
    const auto mechanism = parts[1].str(), name = parts[2].str();
    if (is_keyword(name))
        throw UsageError("'" + name + "' has a meaning in C++: a namespace cannot be called that");
    const fs::path folder(options.folder);
    const auto file = folder / mechanism / (name + ".cpp");
    if (fs::exists(file)) throw UsageError(file.string() + " is there already");
    if (!fs::is_directory(folder))
        throw UsageError("there is no folder " + folder.string() + "\nNext: racepair new " +
                         options.name + " --in FOLDER");
    bool is_listed = false;
    const bool is_new = !fs::exists(folder / mechanism);
    try {
        judge::write_whole(file, with(with(draft, "NAME", name), "MECHANISM", mechanism));
        fmt::print("Created {}.\n", file.string());
        if (is_new) fmt::print("The first case of the mechanism {}.\n", mechanism);
        is_listed = list_in_cmake(folder / "CMakeLists.txt", mechanism + "/" + name + ".cpp");
        if (is_listed)
            fmt::print("Listed it in {}.\n", (folder / "CMakeLists.txt").string());
        else
            fmt::print("Add it to the sources of a subject: racepair_add_subject(my_cases {})\n",
                       file.string());
        if (list_in_reading_order(folder / "reading_order.txt", mechanism, name))
            fmt::print("Listed it in {}; its place is yours to choose. Then: scripts/course\n",
                       (folder / "reading_order.txt").string());
    } catch (const std::runtime_error& wrong) {
        std::error_code error;
        if (!is_listed) fs::remove(file, error);  // what is not listed is not there
        if (!is_listed && is_new) fs::remove(file.parent_path(), error);
        throw UsageError(wrong.what());
    }
    fmt::print("Next: fill it in, build, and: racepair judge SUBJECT --filter '{}.{}.*'\n",
               mechanism, name);
    return judge::exit_as_expected;
}

}  // namespace

Command add_new(CLI::App& app, const Caller&) {
    const auto options = std::make_shared<Options>();
    auto* command =
        app.add_subcommand("new", "Create a case that fails until it is filled in, and list it");
    command->add_option("MECHANISM/NAME", options->name, "What it is about, and what it is called")
        ->required()
        ->type_name("");
    command->add_option("--in", options->folder, "The folder of all cases (default: cases)")
        ->type_name("FOLDER");
    command->footer("Example: racepair new counters/batch_counter");
    return {command, [=] { return make_new(*options); }};
}

}  // namespace racepair::cli
