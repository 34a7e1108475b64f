#include "distinct_reports.hpp"

#include <map>
#include <tuple>

namespace racepair::judge {
namespace {

using Place = std::tuple<std::string, std::string, int>;
using Places = std::vector<Place>;

Places places_of(const std::vector<Frame>& stack) {
    Places places;
    for (const auto& frame : stack) places.emplace_back(frame.function, frame.file, frame.line);
    return places;
}

std::vector<Places> places_of(const std::vector<std::vector<Frame>>& stacks) {
    std::vector<Places> places;
    for (const auto& stack : stacks) places.push_back(places_of(stack));
    return places;
}

/// All that a report tells but for addresses, threads and the trial.
auto likeness_of(const Report& report) {
    std::vector<std::tuple<bool, bool, int, bool, Places>> accesses;
    for (const auto& access : report.accesses)
        accesses.emplace_back(access.write, access.atomic, access.size, access.in_object,
                              places_of(access.stack));
    std::vector<std::string> waits;
    for (const auto& wait : report.waits) waits.push_back(wait.what);
    // The words hold an address where nothing else is told.
    const auto words = report.accesses.empty() && report.stacks.empty() ? report.what : "";
    return std::tuple(report.kind, report.variant, words, accesses, places_of(report.stacks),
                      places_of(report.handover), waits);
}

}  // namespace

std::vector<Report> distinct_reports(std::vector<Report> reports) {
    std::vector<Report> distinct;
    std::map<decltype(likeness_of(Report())), std::size_t> known;
    for (auto& report : reports) {
        const auto [found, is_new] = known.try_emplace(likeness_of(report), distinct.size());
        if (is_new)
            distinct.push_back(std::move(report));
        else
            distinct[found->second].times += report.times;
    }
    return distinct;
}

}  // namespace racepair::judge
