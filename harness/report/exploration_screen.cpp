#include "exploration_screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "../judge/place.hpp"
#include "columns.hpp"
#include "histogram.hpp"
#include "paint.hpp"
#include "schedule_table.hpp"

namespace racepair::report {
namespace {

using namespace judge;

constexpr std::size_t columns = 80;
constexpr int most_reports = 3;  // shown, of each kind the first ones

std::string title(const Result& result, const Style& style) {
    return paint(
               style, Paint::bold,
               trimmed(fit(fmt::format("{}   {} × {}, right: {}", result.name, result.info.threads,
                                       result.info.rounds, fmt::join(result.info.expected, " or ")),
                           columns))) +
           "\n";
}

/// Text of any length as lines that begin alike, broken between words.
std::string wrapped(const std::string& first, const std::string& text) {
    std::string all = first;
    auto used = columns_of(first);
    const std::string begin(used, ' ');
    for (std::size_t at = 0; at < text.size();) {
        auto end = std::min(text.find(' ', at), text.size());
        const auto word = trimmed(fit(text.substr(at, end - at), columns - begin.size()));
        if (used > begin.size() && used + 1 + columns_of(word) > columns) {
            all += "\n" + begin;
            used = begin.size();
        }
        if (used > begin.size()) all += ' ', ++used;
        all += word;
        used += columns_of(word);
        at = end + 1;
    }
    return all + "\n";
}

std::string outcomes(const Result& result, const std::string& of, const Style& style) {
    constexpr long long most = 40;
    std::string text = " outcomes of " + of + "\n";
    long long all = 0;
    for (const auto& count : result.outcomes) all += count.count;
    for (const auto& bar : bars_of(result)) {
        if (bar.label.empty() || (bar.count == 0 && !bar.right)) continue;
        std::string blocks;
        for (long long i = 0; i < (all == 0 ? 0 : (bar.count * most + all - 1) / all); ++i)
            blocks += "█";
        const auto line = fmt::format(
            "  {} {}",
            fit(std::string(14 - std::min<std::size_t>(14, columns_of(bar.label)), ' ') + bar.label,
                14),
            trimmed(fmt::format("{} {}{}", blocks, bar.count, bar.right ? " ◀ right" : "")));
        text += (bar.right ? paint(style, Paint::green, line) : line) + "\n";
    }
    return text;
}

std::string place_of(const Result& result, const Frame& frame) {
    const auto code = result.code.find(fmt::format("{}:{}", frame.file, frame.line));
    return fmt::format("{}:{}  {}", frame.file.substr(frame.file.rfind('/') + 1), frame.line,
                       code == result.code.end() ? "" : code->second);
}

std::string text_of(const Result& result, const Report& report) {
    std::string text;
    const auto line = [&](const std::string& what) {
        text += trimmed(fit(fmt::format("  {:<10} {}", text.empty() ? report.kind : "", what),
                            columns)) +
                "\n";
    };
    for (const auto& access : report.accesses)
        if (const Frame* frame = culprit(access.stack))
            line(fmt::format("thread {} {}{:<6}  {}", access.thread,
                             access.atomic ? "atomically " : "", access.write ? "writes" : "reads",
                             place_of(result, *frame)));
    for (const auto& stack : report.stacks)
        if (const Frame* frame = culprit(stack)) line(place_of(result, *frame));
    for (std::size_t i = 0; i < report.handover.size() && report.accesses.size() == 2; ++i)
        if (const Frame* frame = culprit(report.handover[i]))
            line(fmt::format("thread {} {:<6}  {}", report.accesses[1 - i].thread,
                             i == 0 ? "stores" : "loads", place_of(result, *frame)));
    const bool is_bare = report.kind == "data-race" && report.what.empty();
    const std::string what =
        is_bare ? "nothing orders the two: no lock, release/acquire, start or join" : report.what;
    if (!what.empty()) text += wrapped(std::string(13, ' '), what);
    return text;
}

std::string findings(const Result& result) {
    if (result.reports.empty()) return "";
    std::string text = " found\n";
    int shown = 0;
    for (const auto& report : result.reports)
        if (shown++ < most_reports) text += text_of(result, report);
    if (shown > most_reports) text += fmt::format("  … and {} more\n", shown - most_reports);
    return text;
}

std::string limits(const Exploration& explored) {
    std::string text;
    const auto line = [&](const std::string& what) { text += wrapped(" limit: ", what); };
    const bool is_of_case = explored.limit.find("not deterministic") != std::string::npos;
    if (!explored.exhausted)
        text += wrapped(is_of_case ? " case: " : " limit: ", why_not_exhausted(explored));
    if (explored.spin_was_cut)
        line(
            "spin loops are cut to their first two rounds; what later rounds do differently is "
            "not seen");
    if (explored.depth) {
        const double n = static_cast<double>(std::max(1LL, explored.pct_threads));
        const double k = static_cast<double>(std::max(1LL, explored.pct_steps));
        line(fmt::format(
            "each execution finds a bug of depth {0} with a probability of at least "
            "1/(n·k^(d−1)) = 1/({1}·{2}^{3}) = {4:.3g}",
            *explored.depth, explored.pct_threads, explored.pct_steps, *explored.depth - 1,
            1 / (n * std::pow(k, static_cast<double>(*explored.depth - 1)))));
    }
    line(
        "schedules are sequentially consistent: weak outcomes such as store buffering are not "
        "modelled");
    return text;
}

std::string verdict(const Result& result, const Style& style) {
    return paint(style, result.as_expected ? Paint::green : Paint::red,
                 (result.as_expected ? "✓ " : "✗ ") + judge::text_of(result.verdict));
}

std::string schedule(const Result& result, const std::string& title, const Style& style) {
    return fmt::format(" {}{}, {} switch{}\n{}", result.schedule->shortest ? "shortest " : "",
                       title, result.schedule->switches, result.schedule->switches == 1 ? "" : "es",
                       schedule_table(result, style)) +
           wrapped("  → ", what_went_wrong(result));
}

}  // namespace

std::vector<Bar> bars_of(const Result& result) {
    constexpr std::size_t few = 8;
    const auto& right = result.info.expected;
    std::map<std::string, long long> counts;
    for (const auto& count : result.outcomes) counts[count.outcome] += count.count;
    for (const auto& outcome : right) counts[outcome] += 0;
    if (counts.size() > few)
        return Histogram(result.outcomes, right.empty() ? "" : right.front(), 6)
            .bars(result.outcomes);
    std::vector<Bar> bars;
    for (const auto& [outcome, count] : counts)
        bars.push_back({outcome, count, judge::is_right(outcome, right)});
    // Shorter numbers are smaller ones.
    std::stable_sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) {
        return a.right != b.right ? b.right : a.label.size() < b.label.size();
    });
    return bars;
}

std::string coverage_of(const Result& result) {
    const auto& explored = *result.explored;
    const auto scope = fmt::format("{} × {}", result.info.threads, result.info.rounds);
    if (explored.exhausted && explored.executions == 1) return "the only schedule of " + scope;
    if (explored.exhausted)
        return fmt::format("all {} schedules of {}", explored.executions, scope);
    if (explored.pending > 0)
        return fmt::format("{} schedules of at least {} of {}", explored.executions,
                           explored.executions + explored.pending, scope);
    return fmt::format("{} schedule{} of {}, not all", explored.executions,
                       explored.executions == 1 ? "" : "s", scope);
}

std::string exploration_line(const Result& result, const Style& style) {
    auto text = fmt::format("{}  {}  {}\n", verdict(result, style), result.name,
                            result.explored ? coverage_of(result) : "");
    if (!result.as_expected || result.verdict == Verdict::not_run)
        text += wrapped("    ", result.seen);
    return text;
}

std::string exploration_screen(const Result& result, const Exploring& asked,
                               const std::string& begin_of_replay, const Style& style) {
    auto text = title(result, style);
    if (!result.explored)
        return text + " " + verdict(result, style) + "\n" + wrapped("  ", result.seen);
    const auto& explored = *result.explored;
    text += outcomes(result, coverage_of(result), style) + findings(result);
    if (result.schedule) {
        text += schedule(result, "failing schedule", style);
        text += "  schedule " + result.schedule->text + "\n";
        text +=
            "  replay   " + replay_command(result, begin_of_replay, asked.scope.has_value()) + "\n";
    }
    text += fmt::format(" {}  {}, strategy {}{}\n", verdict(result, style), coverage_of(result),
                        explored.strategy,
                        explored.strategy == "random" || explored.strategy == "pct"
                            ? fmt::format(", seed {}", explored.seed)
                            : "");
    if (explored.first_seen > 0)
        text += fmt::format("  first seen in schedule {}\n", explored.first_seen);
    if (!result.as_expected && result.seen != why_not_exhausted(explored))
        text += wrapped("  ", result.seen);
    return text + limits(explored);
}

std::string replay_screen(const Result& result, const Style& style) {
    auto text = title(result, style) + findings(result);
    if (result.schedule) text += schedule(result, "schedule", style);
    return text;
}

std::string noise_screen(const Result& result, const Style& style) {
    return title(result, style) +
           outcomes(result,
                    fmt::format("{} trials, real threads disturbed by noise", result.trials),
                    style) +
           fmt::format(" wrong in {} trials\n", result.cells.wrong().text()) +
           wrapped(" limit: ", "no schedule was chosen, and no race was looked for");
}

}  // namespace racepair::report
