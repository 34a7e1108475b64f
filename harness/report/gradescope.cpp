#include "gradescope.hpp"

#include <nlohmann/json.hpp>

#include "../judge/clean_text.hpp"
#include "alert.hpp"
#include "console.hpp"

namespace racepair::report {

std::string gradescope_of(const std::vector<judge::Result>& results) {
    using judge::clean_text, judge::clip_text;
    auto tests = nlohmann::ordered_json::array();
    for (const auto& result : results)
        tests.push_back({{"name", clean_text(name_in_lane(result))},
                         {"score", result.as_expected ? 1 : 0},
                         {"max_score", 1},
                         {"status", result.as_expected ? "passed" : "failed"},
                         {"output", clean_text(clip_text(text_of(result, Style{}), 16'384))}});
    const nlohmann::ordered_json document = {
        {"output", clean_text(clip_text(summary_of(results, Style{}), 16'384))},
        {"tests", std::move(tests)}};
    return document.dump(1) + "\n";
}

}  // namespace racepair::report
