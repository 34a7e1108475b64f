#include "console.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

#include "../judge/detector.hpp"
#include "../judge/place.hpp"
#include "../judge/session.hpp"
#include "paint.hpp"
#include "schedule_table.hpp"

namespace racepair::report {
namespace {

using namespace judge;

/// Keeps a subject's output from being taken for the judge's, and a long one from hiding it.
std::string quoted(const std::string& log, std::size_t most_lines) {
    std::istringstream in(log);
    std::string text;
    std::size_t lines = 0;
    for (std::string line; std::getline(in, line); ++lines) {
        if (lines == most_lines) return text + "    | …\n";
        line.resize(std::min<std::size_t>(line.size(), 160));
        // A terminal would obey what a subject printed: escapes, bells, half a letter.
        for (char& byte : line)
            if (static_cast<unsigned char>(byte) < 0x20 || static_cast<unsigned char>(byte) >= 0x7F)
                byte = '?';
        text += "    | " + line + "\n";
    }
    return text;
}

/// Schedules are counted; what was not drawn by chance has no interval.
std::string explored(const Result& result) {
    const auto count = result.explored->executions;
    return fmt::format(
        "{} schedule{}{} · flagged {} · wrong {}", count, count == 1 ? "" : "s",
        result.explored->exhausted
            ? fmt::format(", all of {} × {}", result.info.threads, result.info.rounds)
            : "",
        result.cells.flagged().hits, result.cells.wrong().hits);
}

std::string observed(const Result& result) {
    const auto* detector = find_detector(result.detector);
    if (detector != nullptr && detector->compiles) return result.seen;
    if (result.explored) return explored(result);
    std::string text;
    if (result.detector != "plain") text += "flagged " + result.cells.flagged().text() + " · ";
    return text + "wrong " + result.cells.wrong().text();
}

std::string code_at(const Result& result, const Frame& frame) {
    const auto found = result.code.find(fmt::format("{}:{}", frame.file, frame.line));
    return found == result.code.end() ? "" : found->second;
}

/// Where a case grades its outcomes: each with its grade and how often it was seen.
std::string graded(const Result& result) {
    std::map<std::string, long long> counts;
    for (const auto& count : result.outcomes) counts[count.outcome] += count.count;
    std::string text;
    for (const auto& [outcome, count] : counts) {
        const auto* grade = is_right(outcome, result.info.expected)      ? "expected"
                            : is_right(outcome, result.info.interesting) ? "interesting"
                                                                         : "forbidden";
        text += fmt::format("{}'{}' {} ({})", text.empty() ? "" : " · ", outcome, count, grade);
    }
    return text;
}

/// The command that shows the schedule that went wrong, where there is one.
std::string replay_of(const Result& result) {
    constexpr std::string_view judging = " judge ";
    const auto at = result.reproduce.find(judging);
    if (!result.schedule || result.schedule->text.empty() || at == std::string::npos) return "";
    const auto begin =
        result.reproduce.substr(0, at) + " replay " + judge::shell_word(result.subject);
    return replay_command(result, begin, true);
}

std::string failure(const Result& result, const Style& style) {
    std::string text;
    const auto line = [&](const char* word, const std::string& what) {
        if (!what.empty()) text += fmt::format("  {:<10} {}\n", word, what);
    };
    std::string expected = text_of(result.expectation.stance);
    if (!result.expectation.why.empty()) expected += ": " + result.expectation.why;
    if (result.expectation.stance == Stance::blind && !result.expectation.wrong_anyway)
        expected += fmt::format(" (in at most {:.3g} % of the trials it may show)",
                                100 * result.expectation.at_most);
    if (result.expectation.wrong_anyway)
        expected += "; silent, and the outcome wrong in at least one trial";
    line("expected",
         expected + fmt::format("; outcome {}", fmt::join(result.info.expected, " or ")));
    line("seen", result.seen);
    for (const auto& detail : result.details)
        if (result.seen.find(detail) == std::string::npos) line("", detail);
    for (const auto& note : result.notes) line("note", note);
    line("where", fmt::format("{}:{}", result.info.file, result.info.line));
    for (std::size_t i = 0; i < std::min<std::size_t>(result.reports.size(), 2); ++i)
        line("report", text_of(result.reports[i]));
    line("why", why_it_matters(result.verdict));
    line("reproduce", paint(style, Paint::bold, result.reproduce));
    if (const auto replay = replay_of(result); !replay.empty()) line("replay", replay);
    if (const auto log = log_of_case(result); !log.empty())
        text += "  its output:\n" + quoted(log, 30);
    return text;
}

}  // namespace

std::string log_of_case(const Result& result) {
    const auto marker = "racepair: " + result.name + " begins here\n";
    const auto begin = result.log.find(marker);
    auto text = begin == std::string::npos ? result.log : result.log.substr(begin + marker.size());
    // The runtime's own sum, its last words, has the canary's race in it.
    const auto sum = text.rfind("ThreadSanitizer: reported ");
    if (sum != std::string::npos && (sum == 0 || text[sum - 1] == '\n'))
        text.erase(sum, text.find('\n', sum) - sum + 1);
    return text;
}

Style style_for(int descriptor) {
    Style style;
    const char* no_color = std::getenv("NO_COLOR");
    style.colour = isatty(descriptor) == 1 && (no_color == nullptr || *no_color == '\0');
    winsize size{};
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) style.width = size.ws_col;
    return style;
}

std::string text_of(const Result& result, const Style& style) {
    const auto verdict = fmt::format("{:<16}", judge::text_of(result.verdict));
    if (!result.as_expected)
        return fmt::format("{} {} {} under {}\n{}", paint(style, Paint::red, "✗"),
                           paint(style, Paint::red, verdict), result.name, result.detector,
                           failure(result, style));

    std::string text =
        fmt::format("{} {} {}  {}\n", paint(style, Paint::green, "✓"),
                    paint(style, Paint::green, verdict), result.name, observed(result));
    if (result.verdict == Verdict::caught && !result.reports.empty()) {
        const auto& report = result.reports.front();
        for (const auto& access : report.accesses)
            if (const Frame* frame = culprit(access.stack))
                text += paint(style, Paint::dim,
                              fmt::format("    {} {:<5} thread {:<2} {}:{}  {}\n", report.kind,
                                          access.write ? "write" : "read", access.thread,
                                          frame->file.substr(frame->file.rfind('/') + 1),
                                          frame->line, code_at(result, *frame)));
    }
    if (!result.info.interesting.empty())
        text += paint(style, Paint::dim, "    " + graded(result) + "\n");
    if (result.expectation.stance == Stance::blind ||
        result.expectation.stance == Stance::false_alarm)
        text += paint(style, Paint::dim,
                      fmt::format("    as expected, {}: {}\n", text_of(result.expectation.stance),
                                  result.expectation.why));
    return text;
}

std::string summary_of(const std::vector<Result>& results, const Style& style) {
    std::map<std::string, int> verdicts;
    Cells all;
    std::vector<const Result*> failed;
    std::set<std::string> notes;
    bool reports = false;
    for (const auto& result : results) {
        ++verdicts[judge::text_of(result.verdict)];
        notes.insert(result.notes.begin(), result.notes.end());
        all.flagged_wrong += result.cells.flagged_wrong;
        all.flagged_right += result.cells.flagged_right;
        all.silent_wrong += result.cells.silent_wrong;
        all.silent_right += result.cells.silent_right;
        if (!result.as_expected) failed.push_back(&result);
        reports = reports || result.detector != "plain";
    }
    std::string text = "\n  trials      outcome wrong  outcome right\n";
    if (reports)
        text += fmt::format("  flagged     {:>13}  {:>13}\n", all.flagged_wrong, all.flagged_right);
    text += fmt::format("  {:<11} {:>13}  {:>13}\n\n  ", reports ? "silent" : "not watched",
                        all.silent_wrong, all.silent_right);
    for (const auto& [verdict, count] : verdicts) text += fmt::format("{} {}  ", count, verdict);
    text += "\n";
    // Also where all is well: what the judge overruled has to be known.
    for (const auto& note : notes) text += "  note: " + note + "\n";
    if (failed.empty())
        return text +
               paint(style, Paint::green, fmt::format("  all {} as expected\n", results.size()));
    text += paint(style, Paint::red,
                  fmt::format("  {} of {} not as expected:\n", failed.size(), results.size()));
    for (const auto* result : failed)
        text += fmt::format("    {} {}\n", judge::text_of(result->verdict), result->name);
    return text;
}

}  // namespace racepair::report
