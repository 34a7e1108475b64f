#include "rates.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lane.hpp"

namespace racepair::report {

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
    std::string text = "variant,detector,build,cpus,expected,trials,flagged,wrong\n";
    for (const auto& line : lines) text += line;
    return text;
}

}  // namespace racepair::report
