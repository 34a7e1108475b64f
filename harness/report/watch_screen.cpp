#include "watch_screen.hpp"

#include <fmt/format.h>

#include "columns.hpp"
#include "paint.hpp"
#include "side_by_side.hpp"

namespace racepair::report {
namespace {

constexpr std::size_t code_rows = 8;
constexpr int histogram_rows = 6;

std::string percent(long long part, long long whole) {
    return whole == 0 ? "-"
                      : fmt::format("{:.1f} %",
                                    100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string counts_of(const Watched& watched, bool flags) {
    auto text = fmt::format("{} trials, wrong {}", watched.trials(),
                            percent(watched.wrong(), watched.trials()));
    if (flags) text += fmt::format(", flagged {}", percent(watched.flagged(), watched.trials()));
    return text;
}

bool reads_reports(const Watching& watching) { return watching.detector != "plain"; }

}  // namespace

void Watched::add(const judge::Result& sample) {
    for (const auto& seen : sample.outcomes) {
        counts_[seen.outcome] += seen.count;
        trials_ += seen.count;
        if (seen.flagged) flagged_ += seen.count;
        if (!judge::is_right(seen.outcome, info_->expected)) wrong_ += seen.count;
    }
    if (sample.ending == "exited with status 0") return;
    ++counts_["(" + sample.ending + ")"];
    ++trials_;
    ++wrong_;
}

std::vector<judge::OutcomeCount> Watched::outcomes() const {
    std::vector<judge::OutcomeCount> outcomes;
    for (const auto& [outcome, count] : counts_) outcomes.push_back({outcome, false, count});
    return outcomes;
}

std::string watch_screen(const Watched& broken, const Watched& repair, const Watching& watching,
                         const Style& style) {
    const auto& info = broken.info();
    std::string text;
    const auto line = [&](const std::string& part) { text += part + "\n"; };
    line(paint(style, Paint::bold,
               fit(fmt::format(" {}   {} threads × {} rounds, right: {}", info.name, info.threads,
                               info.rounds, fmt::join(info.expected, " or ")),
                   screen_columns)));
    line(fit(" " + info.lesson, screen_columns));
    line(paint(style, Paint::dim, rule("")));
    line(paint(style, Paint::bold, both(broken.variant(), repair.variant())));
    for (const auto& part : code_of_both(broken.definition(), repair.definition(), code_rows))
        line(part);
    line(paint(
        style, Paint::dim,
        rule(fmt::format("outcomes, {}, {}",
                         reads_reports(watching) ? "under " + watching.detector : "plain runs",
                         watching.amplified ? "amplified" : "threads started for each trial"))));
    for (const auto& part : histogram_of_both(
             broken.outcomes(), broken.trials(), repair.outcomes(), repair.trials(),
             info.expected.empty() ? "" : info.expected.front(), histogram_rows, style))
        line(part);
    line(paint(style, Paint::dim, rule("")));
    const bool flags = reads_reports(watching);
    line(both(counts_of(broken, flags), counts_of(repair, flags)));
    line(paint(style, Paint::dim,
               fit(fmt::format(" v other variant   a {}   r from zero   space {}   q end",
                               watching.amplified ? "not amplified" : "amplified",
                               watching.paused ? "go on" : "pause"),
                   screen_columns)));
    return text;
}

std::string watch_line(const Watched& watched, const Watching& watching) {
    return fmt::format("{}.{}  {}\n", watched.info().name, watched.variant(),
                       counts_of(watched, reads_reports(watching)));
}

}  // namespace racepair::report
