#include "matrix.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "columns.hpp"
#include "grid.hpp"
#include "paint.hpp"

namespace racepair::report {
namespace {

using judge::Result;
using judge::Verdict;

constexpr std::size_t cell_width = 10;
constexpr std::size_t most_name_width = 30;

constexpr const char* legend =
    "\n"
    "caught    of the right kind, in the right place\n"
    "silent    watched, right, and not flagged\n"
    "wrong     silent, but the outcome shows the defect\n"
    "blind     cannot see it, for a reason that is known\n"
    "alarm     a known false alarm\n"
    "in part   not all schedules could be run\n"
    "·         left out: a trial may never end\n"
    "CAPITALS  not as expected\n\n";

std::string cell(const Result* result, const Style& style) {
    if (result == nullptr) return fit("·", cell_width);
    auto text = fit(word_of(*result), cell_width - 1) + " ";
    if (!result->as_expected) return paint(style, Paint::red, text);
    switch (result->verdict) {
        case Verdict::caught: return paint(style, Paint::green, text);
        case Verdict::missed:
        case Verdict::wrong_race:
        case Verdict::false_alarm: return paint(style, Paint::yellow, text);
        case Verdict::clean: return paint(style, Paint::dim, text);
        default: return text;
    }
}

std::string share(int part, int whole) {
    return whole == 0 ? "-" : fmt::format("{:.2f}", static_cast<double>(part) / whole);
}

}  // namespace

void Score::add(const Result& result) {
    const bool broken = result.variant_info().defect != "none";
    const bool raced = result.variant_info().defect == "data_race";
    switch (result.verdict) {
        case Verdict::crashed:
        case Verdict::hung:
        case Verdict::tool_error:
        case Verdict::not_instrumented: ++unjudged; return;
        default: break;
    }
    if (!broken) {
        const bool left_alone =
            result.verdict == Verdict::clean || result.verdict == Verdict::not_run;
        ++(left_alone ? true_negatives : false_positives);
        return;
    }
    const bool caught = result.verdict == Verdict::caught;
    ++(caught ? true_positives : false_negatives);
    if (raced) ++races;
    if (raced && caught) ++races_caught;
}

std::string matrix_of(const std::vector<Result>& results, const Style& style) {
    const Grid table(results);
    std::size_t name_width = 18;
    for (const auto& row : table.rows)
        name_width = std::max(name_width, row.size() - row.rfind('.') + 2);
    name_width = std::min(name_width, most_name_width);

    std::string text;
    const auto line = [&](const std::string& name, const auto& cell_of) {
        std::string cells;
        for (std::size_t lane = 0; lane < table.lanes.size(); ++lane) cells += cell_of(lane);
        text += trimmed(fit(name, name_width) + cells) + "\n";
    };
    const auto plain = [](const std::string& word) { return fit(word, cell_width - 1) + " "; };
    line("", [&](std::size_t lane) { return plain(table.lanes[lane].detector); });
    line("", [&](std::size_t lane) { return plain(table.lanes[lane].build); });
    std::string of_case;
    for (const auto& row : table.rows) {
        const auto dot = row.rfind('.');
        if (row.substr(0, dot) != of_case) {
            of_case = row.substr(0, dot);
            text += paint(style, Paint::bold, of_case) + "\n";
        }
        line("  " + row.substr(dot + 1),
             [&](std::size_t lane) { return cell(table.at(row, lane), style); });
    }

    std::vector<Score> scores(table.lanes.size());
    for (const auto& [place, result] : table.cells) scores[place.second].add(*result);
    text += "\n";
    const auto count = [&](const char* name, int Score::*number) {
        line(name, [&](std::size_t lane) { return plain(std::to_string(scores[lane].*number)); });
    };
    count("true positives", &Score::true_positives);
    count("false negatives", &Score::false_negatives);
    count("true negatives", &Score::true_negatives);
    count("false positives", &Score::false_positives);
    if (std::any_of(scores.begin(), scores.end(), [](const Score& s) { return s.unjudged > 0; }))
        count("not judged", &Score::unjudged);
    line("precision", [&](std::size_t lane) {
        const auto& score = scores[lane];
        return plain(share(score.true_positives, score.true_positives + score.false_positives));
    });
    line("recall", [&](std::size_t lane) {
        const auto& score = scores[lane];
        return plain(share(score.true_positives, score.true_positives + score.false_negatives));
    });
    line("… of data races", [&](std::size_t lane) {
        return plain(share(scores[lane].races_caught, scores[lane].races));
    });
    text += legend;
    const auto failed = std::count_if(table.cells.begin(), table.cells.end(),
                                      [](const auto& entry) { return !entry.second->as_expected; });
    text +=
        failed == 0
            ? paint(style, Paint::green, fmt::format("all {} as expected\n", table.cells.size()))
            : paint(style, Paint::red,
                    fmt::format("{} of {} not as expected:\n", failed, table.cells.size()));
    for (const auto& [place, result] : table.cells)
        if (!result->as_expected)
            text += fmt::format("  {} {} ({} {}): {}\n    {}\n", judge::text_of(result->verdict),
                                result->name, result->detector, table.lanes[place.second].build,
                                result->seen, result->reproduce);
    return text;
}

}  // namespace racepair::report
