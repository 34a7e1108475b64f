#include "markdown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "../judge/clean_text.hpp"
#include "alert.hpp"
#include "lane.hpp"

namespace racepair::report {
namespace {

using namespace judge;

constexpr std::size_t most_alerts = 50;
constexpr std::size_t most_bytes_of_table = 400'000;

/// Text that no Markdown changes, on one line, fit for a cell of a table. An underscore inside
/// of a word is one.
std::string literal(const std::string& text) {
    const auto clean = clean_text(text);
    std::string out;
    for (std::size_t at = 0; at < clean.size(); ++at) {
        const char letter = clean[at];
        const bool begins_link = letter == ':' && clean.compare(at + 1, 2, "//") == 0;
        if (letter == '\n' || letter == '\t')
            out += ' ';
        else if (letter == '<')
            out += "&lt;";
        else if (letter == '>')
            out += "&gt;";
        else if (letter == '&')
            out += "&amp;";
        else if (begins_link ||
                 std::string_view("\\`*[]#|~$@").find(letter) != std::string_view::npos)
            out += fmt::format("&#{};", static_cast<unsigned char>(letter));
        else
            out += letter;
    }
    return out;
}

std::string code(const std::string& text) { return "<code>" + literal(text) + "</code>"; }

std::string counts(const std::vector<Result>& results) {
    std::map<std::string, int> verdicts;
    for (const auto& result : results) ++verdicts[judge::text_of(result.verdict)];
    std::string text;
    for (const auto& [verdict, count] : verdicts)
        text += fmt::format("{}{} {}", text.empty() ? "" : " · ", count, verdict);
    return text;
}

std::string table(const std::vector<Result>& results) {
    std::vector<Lane> lanes;
    std::map<std::string, std::map<std::string, std::string>> rows;
    for (const auto& result : results) {
        const auto lane = lane_of(result);
        if (std::find(lanes.begin(), lanes.end(), lane) == lanes.end()) lanes.push_back(lane);
        auto& cell = rows[result.name][lane.detector + " " + lane.build];
        // Of two results in one place, the one that is not as expected counts.
        if (cell.empty() || !result.as_expected)
            cell = (result.as_expected ? "" : "**✗** ") + judge::text_of(result.verdict);
    }
    std::sort(lanes.begin(), lanes.end(), comes_before);
    std::string text = "| variant |", rule = "|---|";
    for (const auto& lane : lanes) {
        text += " " + literal(lane.detector + " " + lane.build) + " |";
        rule += "---|";
    }
    text += "\n" + rule + "\n";
    for (const auto& [name, cells] : rows) {
        if (text.size() > most_bytes_of_table)
            return text + fmt::format("\nThe table is cut: it has {} variants.\n", rows.size());
        text += "| " + literal(name) + " |";
        for (const auto& lane : lanes) {
            const auto cell = cells.find(lane.detector + " " + lane.build);
            text += " " + (cell == cells.end() ? "" : cell->second) + " |";
        }
        text += "\n";
    }
    return text;
}

}  // namespace

std::string markdown_of(const std::vector<Result>& results) {
    const auto unexpected = std::count_if(results.begin(), results.end(),
                                          [](const auto& result) { return !result.as_expected; });
    auto text = fmt::format(
        "## racepair: {}\n\n{}\n\n",
        results.empty() ? "nothing was judged"
        : unexpected == 0
            ? fmt::format("all {} verdicts as expected", results.size())
            : fmt::format("{} of {} verdicts not as expected", unexpected, results.size()),
        counts(results));
    const auto alerts = alerts_of(results);
    for (std::size_t i = 0; i < std::min(alerts.size(), most_alerts); ++i) {
        const auto& alert = alerts[i];
        const auto place = alert.place();
        text += fmt::format("- **{}{}** {}  \n  {}\n",
                            literal(place.file.substr(place.file.rfind('/') + 1)),
                            place.line > 0 ? fmt::format(":{}", place.line) : "",
                            literal(clip_text(alert.message(), 1000)),
                            code(clip_text(alert.result->reproduce, 500)));
    }
    if (alerts.size() > most_alerts)
        text += fmt::format("- … and {} more\n", alerts.size() - most_alerts);
    std::set<std::string> notes;
    for (const auto& result : results) notes.insert(result.notes.begin(), result.notes.end());
    for (const auto& note : notes) text += "- note: " + literal(clip_text(note, 500)) + "\n";
    return text + "\n<details><summary>All variants</summary>\n\n" + table(results) +
           "\n</details>\n";
}

}  // namespace racepair::report
