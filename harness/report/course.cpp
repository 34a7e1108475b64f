#include "course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <stdexcept>

#include "../judge/clean_text.hpp"
#include "../judge/detector.hpp"
#include "../judge/expectation.hpp"

namespace racepair::report {
namespace {

using judge::CaseInfo;
using judge::Detector;
using judge::Identity;
using judge::Stance;

/// The compilers whose ThreadSanitizer was measured; where they differ, a cell says so.
struct Compiler {
    const char* family;
    const char* version;
};
constexpr std::array compilers = {Compiler{"clang", "14"}, Compiler{"clang", "19"},
                                  Compiler{"clang", "22"}, Compiler{"gcc", "12"}};

Identity identity_of(const Compiler& compiler) {
    Identity identity;
    identity.compiler = compiler.family;
    identity.compiler_version = compiler.version;
    identity.cpus_online = identity.cpus_allowed = 2;
    return identity;
}

/// What a detector says of a case: "✓" all broken variants are caught, "2/3" so many of them, "~"
/// one now and then, "–" none; "and !" something is flagged, wrongly; "…" not all schedules are
/// run.
std::string word_of(const CaseInfo& info, const Detector& detector, const Identity& identity) {
    int broken = 0, caught = 0;
    bool alarm = false, part = false, by_chance = false;
    for (const auto& variant : info.variants) {
        const auto expectation = expectation_for(info, variant, detector, identity);
        alarm = alarm || expectation.stance == Stance::false_alarm;
        if (variant.defect == "none") {
            part = part || expectation.stance == Stance::blind;
            continue;
        }
        ++broken;
        caught += expectation.stance == Stance::must_flag ? 1 : 0;
        by_chance = by_chance || expectation.at_most > 0;
    }
    std::string word = caught == broken ? "✓"
                       : caught > 0     ? fmt::format("{}/{}", caught, broken)
                       : by_chance      ? "~"
                                        : "–";
    if (alarm) word += " !";
    if (part) word += " …";
    return word;
}

std::string cell_of(const CaseInfo& info, const Detector& detector) {
    if (!detector.explores && !detector.compiles && !info.may_hang.empty()) return "·";
    const bool is_annotated =
        std::any_of(info.variants.begin(), info.variants.end(),
                    [](const auto& variant) { return !variant.warned_line.empty(); });
    if (detector.compiles && !is_annotated) return "";
    if (detector.name != "tsan")
        return word_of(info, detector,
                       identity_of(detector.compiles ? compilers[0] : compilers[3]));
    std::map<std::string, std::vector<std::string>> said;  // a word, and the compilers that say it
    for (const auto& compiler : compilers)
        said[word_of(info, detector, identity_of(compiler))].push_back(
            fmt::format("{} {}", compiler.family, compiler.version));
    if (said.size() == 1) return said.begin()->first;
    std::string cell;
    for (const auto& [word, by] : said)
        cell += fmt::format("{}{} ({})", cell.empty() ? "" : "; ", word, fmt::join(by, ", "));
    return cell;
}

/// Text in a cell: a bar would end it. Between backticks, nothing else has a meaning.
std::string escaped(const std::string& text) {
    std::string out;
    bool is_code = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        if (letter == '`') is_code = !is_code && text.find('`', i + 1) != std::string::npos;
        const bool has_meaning = letter == '<' || letter == '*' || letter == '_';
        if (letter == '|' || (has_meaning && !is_code)) out += '\\';
        out += letter;
    }
    return out;
}

std::string row_of(int number, const CaseInfo& info) {
    auto file = info.name;
    std::replace(file.begin(), file.end(), '.', '/');
    std::string row =
        fmt::format("| {} | [{}]({}.cpp) | {} |", number, info.name, file, escaped(info.lesson));
    for (const auto* detector : judge::all_detectors())
        row += fmt::format(" {} |", cell_of(info, *detector));
    row += " " + escaped(info.exercise);
    if (!info.source.empty()) row += fmt::format(" *From: {}.*", escaped(info.source));
    return row + " |\n";
}

void check_order(const std::vector<CaseInfo>& cases, const std::vector<Part>& order) {
    std::set<std::string> named, there;
    for (const auto& info : cases) there.insert(info.name);
    for (const auto& part : order)
        for (const auto& name : part.cases) {
            named.insert(name);
            if (!there.contains(name))
                throw std::runtime_error(name +
                                         " stands in the reading order, and no case has that name");
        }
    for (const auto& name : there)
        if (!named.contains(name))
            throw std::runtime_error(name + " does not stand in the reading order");
}

/// A line of a file that may hold anything.
std::string shown(std::string_view line) {
    return judge::clean_text(std::string(line.substr(0, 100)));
}

}  // namespace

std::vector<Part> read_order(std::string_view text) {
    std::vector<Part> order;
    std::set<std::string_view> named;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const auto begin = line.find_first_not_of(" \t\r");
        if (begin == std::string_view::npos) continue;
        line = line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
        if (line.front() == '#') {
            const auto title = line.find_first_not_of("# ");
            order.push_back(
                {std::string(title == std::string_view::npos ? "" : line.substr(title)), {}});
        } else if (order.empty()) {
            throw std::runtime_error(
                fmt::format("line {}: {} stands before the first part; begin it with \"# Title\"",
                            number, shown(line)));
        } else if (!named.insert(line).second) {
            throw std::runtime_error(
                fmt::format("line {}: {} stands there a second time", number, shown(line)));
        } else {
            order.back().cases.emplace_back(line);
        }
    }
    if (named.empty()) throw std::runtime_error("it names no case");
    return order;
}

std::string course_of(const std::vector<CaseInfo>& cases, const std::vector<Part>& order) {
    check_order(cases, order);
    std::string text;
    int number = 0;
    for (const auto& part : order) {
        text += fmt::format("## {}\n\n| | case | lesson |", part.title);
        std::string rule = "\n|--:|---|---|";
        for (const auto* detector : judge::all_detectors()) {
            text += fmt::format(" {} |", detector->name);
            rule += ":-:|";
        }
        text += " exercise |" + rule + "---|\n";
        for (const auto& name : part.cases) {
            auto info = *std::find_if(cases.begin(), cases.end(),
                                      [&](const CaseInfo& one) { return one.name == name; });
            info.optimised = false;  // as the source says, whatever it was read from
            text += row_of(++number, info);
        }
        text += "\n";
    }
    return text;
}

}  // namespace racepair::report
