#include "side_by_side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "columns.hpp"
#include "paint.hpp"

namespace racepair::report {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        const auto blanks = std::min(line.find_first_not_of(' '), line.size());
        lines.push_back(line.substr(blanks / 2));
    }
    return lines;
}

std::string repeat(const std::string& sign, long long count) {
    std::string text;
    for (long long i = 0; i < count; ++i) text += sign;
    return text;
}

std::string line_of(const Bar& bar, long long trials, std::size_t width_of_half,
                    const Style& style) {
    constexpr long long most = 10;
    const long long width = trials == 0 ? 0 : (bar.count * most + trials - 1) / trials;
    auto text =
        fit(fmt::format("{:>12} {}{}", columns_of(bar.label) > 12 ? fit(bar.label, 12) : bar.label,
                        repeat("█", width), bar.count > 0 ? fmt::format(" {}", bar.count) : ""),
            width_of_half - 8) +
        (bar.right ? "◀ right " : "        ");
    return bar.right ? paint(style, Paint::green, text) : text;
}

}  // namespace

std::string rule(const std::string& title) {
    std::string text = title.empty() ? "" : " " + title + " ";
    std::string line =
        "──" + (columns_of(text) > screen_columns - 4 ? fit(text, screen_columns - 4) : text);
    for (auto used = columns_of(line); used < screen_columns; ++used) line += "─";
    return line;
}

std::string both(const std::string& left, const std::string& right) {
    return " " + fit(left, left_half) + "│ " + fit(right, right_half);
}

std::vector<std::string> code_of_both(const std::string& left, const std::string& right,
                                      std::size_t most_rows) {
    const auto lefts = lines_of(left), rights = lines_of(right);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < std::min(most_rows, std::max(lefts.size(), rights.size())); ++i)
        lines.push_back(both(i < lefts.size() ? lefts[i] : "", i < rights.size() ? rights[i] : ""));
    return lines;
}

std::vector<std::string> histogram_of_both(const std::vector<judge::OutcomeCount>& left,
                                           long long left_trials,
                                           const std::vector<judge::OutcomeCount>& right,
                                           long long right_trials, const std::string& expected,
                                           int rows, const Style& style) {
    auto all = left;
    all.insert(all.end(), right.begin(), right.end());
    const Histogram shared(all, expected, rows);
    const auto lefts = shared.bars(left), rights = shared.bars(right);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < lefts.size(); ++i)
        lines.push_back(" " + line_of(lefts[i], left_trials, left_half, style) + "│ " +
                        line_of(rights[i], right_trials, right_half, style));
    return lines;
}

}  // namespace racepair::report
