#include "comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "../judge/signature.hpp"
#include "alert.hpp"
#include "lane.hpp"
#include "paint.hpp"

namespace racepair::report {
namespace {

using namespace judge;

using ByName = std::map<std::string, const Result*>;

std::map<std::string, Alert> races_by_signature(const std::vector<Result>& results) {
    std::map<std::string, Alert> races;
    for (auto& alert : alerts_of(results))
        if (alert.report != nullptr) races.emplace(alert.signature, alert);
    return races;
}

/// Detectors that stand for several builds in one set of results.
std::set<std::string> detectors_of_several_builds(const std::vector<Result>& results) {
    std::map<std::string, std::set<std::string>> builds;
    for (const auto& result : results) builds[result.detector].insert(lane_of(result).build);
    std::set<std::string> several;
    for (const auto& [detector, all] : builds)
        if (all.size() > 1) several.insert(detector);
    return several;
}

/// Of several results of one name, the one that is not as expected counts.
ByName by_name(const std::vector<Result>& results, const std::set<std::string>& several) {
    ByName names;
    for (const auto& result : results) {
        auto& place = names[several.contains(result.detector)
                                ? name_in_lane(result)
                                : fmt::format("{}, {}", result.name, result.detector)];
        if (place == nullptr || !result.as_expected) place = &result;
    }
    return names;
}

std::string verdict_in(const ByName& names, const std::string& name) {
    const auto found = names.find(name);
    if (found == names.end()) return "";
    return judge::text_of(found->second->verdict) +
           (found->second->as_expected ? "" : " (not as expected)");
}

}  // namespace

Comparison compare(const std::vector<Result>& before, const std::vector<Result>& after) {
    Comparison comparison;
    const auto old_races = races_by_signature(before), new_races = races_by_signature(after);
    for (const auto& [signature, alert] : new_races)
        (old_races.contains(signature) && has_place(*alert.report) ? comparison.known_races
                                                                   : comparison.new_races)
            .push_back({signature, alert.seen_in});
    const auto is_judged = [&](const std::string& name_in_lane) {
        const auto variant = name_in_lane.substr(0, name_in_lane.find(','));
        return std::any_of(after.begin(), after.end(),
                           [&](const Result& result) { return result.name == variant; });
    };
    for (const auto& [signature, alert] : old_races)
        if (!new_races.contains(signature))
            comparison.gone_races.push_back(
                {signature, alert.seen_in,
                 std::any_of(alert.seen_in.begin(), alert.seen_in.end(), is_judged)});

    auto several = detectors_of_several_builds(before);
    several.merge(detectors_of_several_builds(after));
    const auto old_names = by_name(before, several), new_names = by_name(after, several);
    std::set<std::string> names;
    for (const auto* all : {&old_names, &new_names})
        for (const auto& [name, result] : *all) names.insert(name);
    for (const auto& name : names) {
        const auto was = verdict_in(old_names, name), is = verdict_in(new_names, name);
        if (was == is) continue;
        const auto now = new_names.find(name), then = old_names.find(name);
        const bool was_right = then == old_names.end() || then->second->as_expected;
        comparison.verdicts.push_back(
            {name, was, is, now == new_names.end() || (was_right && !now->second->as_expected)});
    }
    return comparison;
}

bool is_worse(const Comparison& comparison) {
    return !comparison.new_races.empty() ||
           std::any_of(comparison.verdicts.begin(), comparison.verdicts.end(),
                       [](const Comparison::Change& change) { return change.is_worse; });
}

std::string text_of(const Comparison& comparison, const Style& style) {
    std::string text;
    const auto add = [&](const char* title, Paint colour,
                         const std::vector<Comparison::Race>& races) {
        for (const auto& race : races)
            text += fmt::format("{} {}{}\n      in {}\n", paint(style, colour, title),
                                race.signature, race.was_looked_for ? "" : " (not looked for)",
                                fmt::join(race.seen_in, "; "));
    };
    add("new  ", Paint::red, comparison.new_races);
    add("known", Paint::yellow, comparison.known_races);
    add("gone ", Paint::green, comparison.gone_races);
    const auto or_none = [](const std::string& verdict) {
        return verdict.empty() ? "not judged" : verdict;
    };
    for (const auto& change : comparison.verdicts)
        text += fmt::format("{} {}: {} → {}\n",
                            paint(style, change.is_worse ? Paint::red : Paint::green,
                                  change.is_worse ? "worse" : "other"),
                            change.name, or_none(change.before), or_none(change.after));
    return text + fmt::format("races: {} new, {} known, {} gone; verdicts: {} changed\n",
                              comparison.new_races.size(), comparison.known_races.size(),
                              comparison.gone_races.size(), comparison.verdicts.size());
}

std::string json_of(const Comparison& comparison) {
    using Json = nlohmann::ordered_json;
    const auto races = [](const std::vector<Comparison::Race>& all) {
        auto array = Json::array();
        for (const auto& race : all)
            array.push_back({{"signature", race.signature},
                             {"fingerprint", fingerprint_of(race.signature)},
                             {"seen_in", race.seen_in},
                             {"was_looked_for", race.was_looked_for}});
        return array;
    };
    auto verdicts = Json::array();
    for (const auto& change : comparison.verdicts)
        verdicts.push_back({{"name", change.name},
                            {"before", change.before},
                            {"after", change.after},
                            {"is_worse", change.is_worse}});
    const Json document = {{"racepair_diff", 1},
                           {"is_worse", is_worse(comparison)},
                           {"new_races", races(comparison.new_races)},
                           {"known_races", races(comparison.known_races)},
                           {"gone_races", races(comparison.gone_races)},
                           {"verdicts", std::move(verdicts)}};
    return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::set<std::string> races_of(const std::vector<Result>& results) {
    std::set<std::string> signatures;
    for (const auto& alert : alerts_of(results))
        if (alert.report != nullptr) signatures.insert(alert.signature);
    return signatures;
}

bool is_known(const Result& result, const std::set<std::string>& known) {
    return !result.as_expected && result.verdict == Verdict::false_alarm &&
           !result.reports.empty() && result.cells.wrong().hits == 0 &&
           std::all_of(result.reports.begin(), result.reports.end(), [&](const Report& report) {
               return has_place(report) && known.contains(signature_of(report, result.code));
           });
}

}  // namespace racepair::report
