#include "lane.hpp"

#include <algorithm>
#include <utility>

#include "../judge/detector.hpp"

namespace racepair::report {
namespace {

std::size_t place_of(const std::string& detector) {
    const auto& all = judge::all_detectors();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const auto* known) { return known->name == detector; });
    return static_cast<std::size_t>(found - all.begin());
}

}  // namespace

bool comes_before(const Lane& a, const Lane& b) {
    return std::pair(place_of(a.detector), a.build) < std::pair(place_of(b.detector), b.build);
}

Lane lane_of(const judge::Result& result) {
    const auto& identity = result.identity;
    auto build = identity.compiler + " " +
                 identity.compiler_version.substr(0, identity.compiler_version.find('.'));
    if (result.detector == "plain" && identity.optimised) build += " -O";
    return {result.detector, build};
}

}  // namespace racepair::report
