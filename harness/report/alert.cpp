#include "alert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "../judge/place.hpp"
#include "../judge/signature.hpp"
#include "lane.hpp"

namespace racepair::report {

using namespace judge;

Place Alert::place() const {
    const Frame* frame = nullptr;
    if (report != nullptr) {
        for (const auto& access : report->accesses)
            if (frame == nullptr) frame = culprit(access.stack);
        for (const auto& stack : report->stacks)
            if (frame == nullptr) frame = culprit(stack);
    }
    if (frame == nullptr) return {result->info.file, result->info.line};
    return {frame->file, frame->line};
}

std::string Alert::message() const {
    return fmt::format("{} ({})",
                       report != nullptr ? judge::text_of(*report) : rule + ": " + result->seen,
                       fmt::join(seen_in, "; "));
}

std::string name_in_lane(const Result& result) {
    const auto lane = lane_of(result);
    return fmt::format("{}, {} {}", result.name, lane.detector, lane.build);
}

bool has_unexpected_races(const Result& result) {
    return !result.as_expected && !result.reports.empty() &&
           (result.verdict == Verdict::wrong_race || result.variant_info().defect == "none");
}

std::vector<Alert> alerts_of(const std::vector<Result>& results) {
    std::vector<Alert> alerts;
    std::map<std::string, std::size_t> places;
    const auto add = [&](const Alert& alert) {
        const auto [found, is_new] = places.try_emplace(alert.signature, alerts.size());
        if (is_new) alerts.push_back(alert);
        auto& names = alerts[found->second].seen_in;
        const auto name = name_in_lane(*alert.result);
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    };
    for (const auto& result : results) {
        if (result.as_expected) continue;
        const bool has_races = has_unexpected_races(result);
        if (has_races)
            for (const auto& report : result.reports)
                add({report.kind, signature_of(report, result.code), &result, &report, {}});
        const bool is_explained = has_races && (result.verdict == Verdict::false_alarm ||
                                                result.verdict == Verdict::wrong_race);
        const auto verdict = judge::text_of(result.verdict);
        if (!is_explained)
            add({verdict, verdict + ": " + name_in_lane(result), &result, nullptr, {}});
    }
    return alerts;
}

std::string path_below(const std::string& folder, const std::string& file) {
    const auto near = std::filesystem::path(file).lexically_proximate(folder);
    const bool is_below = near.is_relative() && !near.empty() && *near.begin() != "..";
    return is_below ? near.string() : file;
}

}  // namespace racepair::report
