#include "pair_screen.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "../judge/place.hpp"
#include "columns.hpp"
#include "paint.hpp"
#include "side_by_side.hpp"

namespace racepair::report {
namespace {

using namespace judge;

constexpr std::size_t columns = screen_columns;
constexpr int histogram_rows = 6;
constexpr std::size_t code_rows = 5;
constexpr int accesses_shown = 2;  // a race is between two

struct Pair {
    const Result* racy = nullptr;
    const Result* fixed = nullptr;
};

class Screen {
   public:
    explicit Screen(const Style& style) : style_(style) {}

    void line(const std::string& text) { text_ += text + "\n"; }
    void dim(const std::string& text) { line(paint(style_, Paint::dim, text)); }

    void code(const Pair& pair) {
        for (const auto& text :
             code_of_both(pair.racy->definition, pair.fixed->definition, code_rows))
            line(text);
    }

    void histogram(const Pair& pair) {
        const auto& expected = pair.racy->info.expected;
        for (const auto& text : histogram_of_both(
                 pair.racy->outcomes, pair.racy->trials, pair.fixed->outcomes, pair.fixed->trials,
                 expected.empty() ? "" : expected.front(), histogram_rows, style_))
            line(text);
    }

    void reports(const Pair& pair) {
        const auto& racy = *pair.racy;
        if (racy.reports.empty()) return line(" racy: not one report");
        const auto& report = racy.reports.front();
        const auto of_fixed = pair.fixed->cells.flagged();
        line(fit(fmt::format(" {} in {} of {} trials of racy, {} in {} of fixed", report.kind,
                             racy.cells.flagged().hits, racy.cells.trials(),
                             of_fixed.hits == 0 ? "none" : std::to_string(of_fixed.hits),
                             of_fixed.trials),
                 columns));
        int shown = 0;
        for (const auto& access : report.accesses) {
            const Frame* frame = culprit(access.stack);
            if (frame == nullptr || shown++ >= accesses_shown) continue;
            const auto code = racy.code.find(fmt::format("{}:{}", frame->file, frame->line));
            line(fit(fmt::format("  thread {:<3} {}s {} bytes  {}:{}  {}", access.thread,
                                 access.write ? "write" : "read", access.size,
                                 frame->file.substr(frame->file.rfind('/') + 1), frame->line,
                                 code == racy.code.end() ? "" : code->second),
                     columns));
        }
    }

    void verdicts(const std::string& detector, const Pair& pair) {
        line(" " + fit(detector, 6) + verdict(*pair.racy, left_half - 6) + "│ " +
             verdict(*pair.fixed, right_half));
    }

    std::string take() { return std::move(text_); }

   private:
    std::string verdict(const Result& result, std::size_t width) const {
        const auto rate =
            result.detector == "plain" ? result.cells.wrong() : result.cells.flagged();
        const auto name = text_of(result.verdict);
        auto text =
            fit(fmt::format("{} {} {}/{}", name, result.detector == "plain" ? "wrong" : "flagged",
                            rate.hits, rate.trials),
                width);
        return paint(style_, result.as_expected ? Paint::green : Paint::red, text);
    }

    const Style& style_;
    std::string text_;
};

Pair pair_of(const std::vector<Result>& results, const std::string& name,
             const std::string& detector) {
    Pair pair;
    for (const auto& result : results) {
        if (result.info.name != name || result.detector != detector) continue;
        const auto& kind = result.variant_info().kind;
        if (kind == "racy" && pair.racy == nullptr) pair.racy = &result;
        if (kind == "fixed" && pair.fixed == nullptr) pair.fixed = &result;
    }
    return pair;
}

}  // namespace

std::string pair_screen(const std::vector<Result>& results, const std::string& case_name,
                        const Style& style) {
    const auto plain = pair_of(results, case_name, "plain");
    const auto tsan = pair_of(results, case_name, "tsan");
    const bool has_plain = plain.racy != nullptr && plain.fixed != nullptr;
    const bool has_tsan = tsan.racy != nullptr && tsan.fixed != nullptr;
    if (!has_plain && !has_tsan)
        throw std::runtime_error("the results hold no racy and fixed variant of " + case_name +
                                 "\nNext: racepair judge SUBJECT --filter '" + case_name +
                                 ".*' --results FILE");

    const auto& shown = has_plain ? plain : tsan;
    const auto& info = shown.racy->info;
    Screen screen(style);
    screen.line(paint(style, Paint::bold,
                      fit(fmt::format(" {}   {} threads × {} rounds, right: {}", info.name,
                                      info.threads, info.rounds, fmt::join(info.expected, " or ")),
                          columns)));
    screen.line(fit(" " + info.lesson, columns));
    screen.dim(rule(""));
    screen.code(shown);
    screen.dim(rule(fmt::format("outcomes of {} trials each, {}", shown.racy->trials,
                                has_plain ? "plain runs" : "under ThreadSanitizer")));
    screen.histogram(shown);
    if (has_tsan) {
        screen.dim(rule(fmt::format("ThreadSanitizer of {} {}", tsan.racy->identity.compiler,
                                    tsan.racy->identity.compiler_version)));
        screen.reports(tsan);
    }
    screen.dim(rule("verdicts"));
    if (has_plain) screen.verdicts("plain", plain);
    if (has_tsan) screen.verdicts("tsan", tsan);
    return screen.take();
}

}  // namespace racepair::report
