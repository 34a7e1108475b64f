#include "lane.hpp"

namespace racepair::report {

Lane lane_of(const judge::Result& result) {
    const auto& identity = result.identity;
    auto build = identity.compiler + " " +
                 identity.compiler_version.substr(0, identity.compiler_version.find('.'));
    if (result.detector == "plain" && identity.optimised) build += " -O";
    return {result.detector, build};
}

}  // namespace racepair::report
