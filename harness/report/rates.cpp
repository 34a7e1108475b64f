#include "rates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

#include "lane.hpp"

namespace racepair::report {
namespace {

constexpr const char* titles = "variant,detector,build,cpus,expected,trials,flagged,wrong";

struct Row {
    std::string variant, lane, expected;
    long long trials = 0, flagged = 0;
};

std::vector<std::string> cut(std::string_view text, char at) {
    std::vector<std::string> parts;
    for (;;) {
        const auto end = text.find(at);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

long long number_of(const std::string& word) {
    long long number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size())
        throw std::runtime_error("'" + word + "' among the rates is no number");
    return number;
}

std::vector<Row> rows_of(std::string_view rates) {
    auto lines = cut(rates, '\n');
    if (lines.front() != titles)
        throw std::runtime_error(fmt::format("rates begin with '{}'", titles));
    std::vector<Row> rows;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        const auto words = cut(lines[i], ',');
        if (words.size() != 8)
            throw std::runtime_error(
                fmt::format("line {} of the rates has {} values, not 8", i + 1, words.size()));
        // Helgrind and DRD do not care who compiled the subject.
        const auto lane = fmt::format("{} ({}) | {}", words[1], words[2], words[3]);
        rows.push_back({words[0], lane, words[4], number_of(words[5]), number_of(words[6])});
    }
    return rows;
}

bool is_flagged_enough(const Row& row) {
    constexpr long long one_miss_in = 300;
    return row.trials > 0 && row.trials - row.flagged <= row.trials / one_miss_in;
}

struct Sum {
    int must_flag = 0, flagged_enough = 0, must_be_silent = 0, silent = 0;
    long long trials = 0;
    const Row* least = nullptr;
};

double share_of(const Row& row) {
    return row.trials == 0 ? 0 : static_cast<double>(row.flagged) / static_cast<double>(row.trials);
}

}  // namespace

std::string rates_of(const std::vector<judge::Result>& results) {
    std::vector<std::string> lines;
    lines.reserve(results.size());
    for (const auto& result : results) {
        const auto lane = lane_of(result);
        lines.push_back(fmt::format(
            "{},{},{},{},{},{},{},{}\n", result.name, lane.detector, lane.build,
            result.identity.cpus_allowed, judge::text_of(result.expectation.stance),
            result.cells.trials(), result.cells.flagged().hits, result.cells.wrong().hits));
    }
    std::sort(lines.begin(), lines.end());
    std::string text = titles;
    text += '\n';
    for (const auto& line : lines) text += line;
    return text;
}

std::string table_of_rates(std::string_view rates) {
    const auto rows = rows_of(rates);
    std::map<std::string, Sum> sums;
    std::string short_of;
    for (const auto& row : rows) {
        auto& sum = sums[row.lane];
        sum.trials = std::max(sum.trials, row.trials);
        if (row.expected == "must flag") {
            ++sum.must_flag;
            if (is_flagged_enough(row)) ++sum.flagged_enough;
            if (sum.least == nullptr || share_of(row) < share_of(*sum.least)) sum.least = &row;
        } else if (row.expected == "must stay silent") {
            ++sum.must_be_silent;
            if (row.trials > 0 && row.flagged == 0) ++sum.silent;
        } else {
            continue;
        }
        const bool keeps_it = row.expected == "must flag" ? is_flagged_enough(row)
                                                          : row.trials > 0 && row.flagged == 0;
        if (!keeps_it)
            short_of += fmt::format("| {} | {} | {} | {} of {} |\n", row.variant, row.lane,
                                    row.expected, row.flagged, row.trials);
    }
    std::string text =
        "## How often it was so\n\nMeasured by `scripts/rates`; each variant's figures are in "
        "[rates.csv](rates.csv).\n\n"
        "| detector | CPUs | trials | must be flagged | were, in all trials but one in 300 | least "
        "| must stay silent | did |\n|---|--:|--:|--:|--:|---|--:|--:|\n";
    for (const auto& [lane, sum] : sums)
        text += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", lane, sum.trials,
                            sum.must_flag, sum.flagged_enough,
                            sum.least == nullptr
                                ? "-"
                                : fmt::format("{} of {}", sum.least->flagged, sum.least->trials),
                            sum.must_be_silent, sum.silent);
    if (!short_of.empty())
        text +=
            "\nShort of that, or not measured because the run was ended:\n\n| variant | detector "
            "| CPUs | it | flagged |\n|---|---|--:|---|--:|\n" +
            short_of;
    return text;
}

}  // namespace racepair::report
