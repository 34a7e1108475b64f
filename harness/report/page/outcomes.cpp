#include <algorithm>

#include "../exploration_screen.hpp"
#include "../histogram.hpp"
#include "subject_matter.hpp"

namespace racepair::report::page {
namespace {

constexpr int rows = 7;
constexpr std::size_t longest_label = 40;

/// The lane whose outcomes are shown: plain runs, which nothing slows down, else the one with the
/// most trials. Schedules are told where they are stepped through.
std::size_t lane_to_show(const Case& one, const std::vector<Lane>& lanes) {
    std::size_t best = lanes.size();
    long long most = 0;
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        long long trials = 0;
        bool explored = false;
        for (const auto& variant : one.variants)
            if (const auto* result = variant.said[lane]) {
                trials += result->trials;
                explored = explored || result->explored;
            }
        if (lanes[lane].detector == "plain" && trials > 0) return lane;
        if (trials > most && !explored) best = lane, most = trials;
    }
    return best;
}

Markup cell(const Bar& bar, long long trials) {
    Markup text;
    if (bar.count == 0) return text.put("<td>");
    const double share = 100 * static_cast<double>(bar.count) / static_cast<double>(trials);
    return text.put("<td>{}<svg><rect width={:.3g}% /></svg>", bar.count, share);
}

/// What a row is beside being counted.
const char* grade_of(const Bar& bar, const judge::CaseInfo& info) {
    if (judge::is_right(bar.label, info.expected)) return "right";
    if (judge::is_right(bar.label, info.interesting)) return "interesting";
    return "";
}

}  // namespace

Markup outcomes_part(const Case& one, const std::vector<Lane>& lanes) {
    Markup text;
    const auto lane = lane_to_show(one, lanes);
    if (lane == lanes.size()) return text;
    std::vector<judge::OutcomeCount> all;
    for (const auto& variant : one.variants)
        if (const auto* result = variant.said[lane])
            all.insert(all.end(), result->outcomes.begin(), result->outcomes.end());
    const Histogram shared(all, one.info->expected.empty() ? "" : one.info->expected.front(), rows);
    std::vector<std::vector<Bar>> columns;
    std::vector<long long> trials;
    for (const auto& variant : one.variants) {
        const auto* result = variant.said[lane];
        columns.push_back(
            shared.bars(result == nullptr ? std::vector<judge::OutcomeCount>() : result->outcomes));
        trials.push_back(0);
        for (const auto& bar : columns.back()) trials.back() += bar.count;
    }

    text.put("<tbody class=outcomes><tr><th colspan={} scope=rowgroup>Outcomes of trials, {}\n",
             one.variants.size() + 1, text_of(lanes[lane]));
    for (std::size_t row = 0; row < columns.front().size(); ++row) {
        const auto& bar = columns.front()[row];
        const std::string grade = grade_of(bar, *one.info);
        const bool is_empty = std::all_of(columns.begin(), columns.end(),
                                          [&](const auto& bars) { return bars[row].count == 0; });
        if (is_empty && grade != "right") continue;
        if (grade.empty())
            text.put("<tr>");
        else
            text.put("<tr class={}>", grade);
        text.put("<th scope=row>")
            .put_clipped(bar.label.empty() ? "(empty)" : bar.label, longest_label);
        if (!grade.empty()) text.put(" <small>{}</small>", grade);
        for (std::size_t column = 0; column < columns.size(); ++column)
            text.put("{}", cell(columns[column][row], trials[column]));
        text.put("\n");
    }
    return text;
}

Markup outcomes_in_short(const Case& one, const Variant& variant, const std::vector<Lane>& lanes) {
    Markup text;
    const auto lane = lane_to_show(one, lanes);
    const auto* result = lane == lanes.size() ? nullptr : variant.said[lane];
    if (result == nullptr || result->outcomes.empty()) return text;
    const auto wrong = result->cells.wrong();
    text.put("wrong in {} of {} ({})", wrong.hits, wrong.trials, result->detector);
    if (wrong.hits == 0) return text;
    const auto often =
        std::max_element(result->outcomes.begin(), result->outcomes.end(),
                         [](const auto& a, const auto& b) { return a.count < b.count; });
    return text.put(", most often ")
        .put_clipped(often->outcome.empty() ? "(empty)" : often->outcome, longest_label);
}

}  // namespace racepair::report::page
