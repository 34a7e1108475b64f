#include "histogram.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace racepair::report {
namespace {

std::optional<long long> number(const std::string& text) {
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// Numbers may lie further apart than a signed number counts.
unsigned long long distance(long long from, long long to) {
    return static_cast<unsigned long long>(to) - static_cast<unsigned long long>(from);
}
long long after(long long from, unsigned long long distance) {
    return static_cast<long long>(static_cast<unsigned long long>(from) + distance);
}

std::string range_text(long long first, long long last) {
    return first == last ? std::to_string(first) : fmt::format("{}–{}", first, last);
}

}  // namespace

Histogram::Histogram(const std::vector<judge::OutcomeCount>& all, const std::string& right,
                     int rows)
    : right_(right) {
    std::vector<long long> wrong;
    std::map<std::string, long long> texts;
    numeric_ = number(right).has_value();
    for (const auto& count : all) {
        if (count.outcome == right) continue;
        texts[count.outcome] += count.count;
        if (const auto value = number(count.outcome))
            wrong.push_back(*value);
        else
            numeric_ = false;
    }
    if (numeric_) {
        ranges_ = rows - 1;
        const auto [low, high] = std::minmax_element(wrong.begin(), wrong.end());
        const long long most = std::max(wrong.empty() ? 0 : *high, *number(right) - 1);
        least_ = wrong.empty() ? 0 : *low;
        const auto span = distance(least_, most);
        const auto count = static_cast<unsigned long long>(ranges_);
        width_ = span / count + 1;
        for (unsigned long long range = 0; range < count; ++range) {
            const auto begin = range * width_, end = std::min(span, begin + (width_ - 1));
            labels_.push_back(begin > span ? ""
                                           : range_text(after(least_, begin), after(least_, end)));
        }
    } else {
        std::vector<std::pair<std::string, long long>> sorted(texts.begin(), texts.end());
        std::stable_sort(sorted.begin(), sorted.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        const auto own = static_cast<std::size_t>(rows - 2);
        for (std::size_t i = 0; i < std::min(own, sorted.size()); ++i)
            labels_.push_back(sorted[i].first);
        while (labels_.size() < own) labels_.emplace_back("");
        labels_.emplace_back(sorted.size() > own ? fmt::format("{} others", sorted.size() - own)
                                                 : "");
        ranges_ = rows - 1;
    }
    labels_.push_back(right);
}

int Histogram::row_of(const std::string& outcome) const {
    if (outcome == right_) return ranges_;
    if (numeric_) return static_cast<int>(distance(least_, *number(outcome)) / width_);
    const auto found = std::find(labels_.begin(), labels_.end() - 2, outcome);
    return static_cast<int>(found - labels_.begin());
}

std::vector<Bar> Histogram::bars(const std::vector<judge::OutcomeCount>& outcomes) const {
    std::vector<Bar> bars;
    for (const auto& label : labels_) bars.push_back({label, 0, &label == &labels_.back()});
    for (const auto& count : outcomes)
        bars[static_cast<std::size_t>(row_of(count.outcome))].count += count.count;
    return bars;
}

}  // namespace racepair::report
