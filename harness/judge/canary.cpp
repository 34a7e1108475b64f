#include "canary.hpp"

#include <algorithm>

#include "place.hpp"

namespace racepair::judge {

bool canary_was_flagged(const Evidence& evidence) {
    const auto* info = evidence.find_case(canary_case);
    const auto& reports = evidence.run_of(canary_racy).reports;
    return info != nullptr &&
           std::any_of(reports.begin(), reports.end(), [&](const Report& report) {
               return report.kind == "data-race" && is_of_case(report, *info);
           });
}

}  // namespace racepair::judge
