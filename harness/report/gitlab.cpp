#include "gitlab.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "../judge/clean_text.hpp"
#include "../judge/signature.hpp"
#include "alert.hpp"

namespace racepair::report {

std::string gitlab_of(const std::vector<judge::Result>& results, const std::string& folder) {
    auto issues = nlohmann::ordered_json::array();
    for (const auto& alert : alerts_of(results)) {
        const auto place = alert.place();
        issues.push_back(
            {{"description", judge::clean_text(judge::clip_text(alert.message(), 4000))},
             {"check_name", judge::clean_text(alert.rule)},
             {"fingerprint", judge::fingerprint_of(alert.signature)},
             {"severity", alert.report != nullptr ? "critical" : "major"},
             {"location",
              {{"path", judge::clean_text(path_below(folder, place.file))},
               {"lines", {{"begin", std::max(1, place.line)}}}}}});
    }
    return issues.dump(1) + "\n";
}

}  // namespace racepair::report
