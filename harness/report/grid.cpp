#include "grid.hpp"

#include <algorithm>
#include <set>

namespace racepair::report {

using judge::Result;
using judge::Verdict;

Grid::Grid(const std::vector<Result>& results) {
    for (const auto& result : results) {
        const auto lane = lane_of(result);
        if (std::find(lanes.begin(), lanes.end(), lane) == lanes.end()) lanes.push_back(lane);
    }
    std::sort(lanes.begin(), lanes.end(), comes_before);
    std::set<std::string> known;
    for (const auto& result : results) {
        const auto found = std::find(lanes.begin(), lanes.end(), lane_of(result));
        if (known.insert(result.name).second) rows.push_back(result.name);
        auto& place = cells[{result.name, static_cast<std::size_t>(found - lanes.begin())}];
        if (place == nullptr || place->as_expected) place = &result;
    }
    // A case that one lane leaves out stands with the others of its mechanism all the same.
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return a.substr(0, a.rfind('.')) < b.substr(0, b.rfind('.'));
    });
}

const Result* Grid::at(const std::string& row, std::size_t lane) const {
    const auto found = cells.find({row, lane});
    return found == cells.end() ? nullptr : found->second;
}

std::string word_of(const Result& result) {
    if (!result.as_expected) return judge::text_of(result.verdict);
    switch (result.verdict) {
        case Verdict::caught: return "caught";
        case Verdict::clean: return "silent";
        case Verdict::missed: return "blind";
        case Verdict::wrong_outcome: return "wrong";
        case Verdict::false_alarm:
        case Verdict::wrong_race: return "alarm";
        case Verdict::not_run: return "in part";
        default: return judge::text_of(result.verdict);
    }
}

}  // namespace racepair::report
