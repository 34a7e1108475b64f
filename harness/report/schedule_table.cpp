#include "schedule_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "../judge/place.hpp"
#include "../judge/session.hpp"
#include "columns.hpp"
#include "paint.hpp"
#include "step_text.hpp"

namespace racepair::report {
namespace {

using namespace judge;

constexpr std::size_t columns = 80;
constexpr std::size_t line_column = 7;
constexpr std::size_t least_code = 20;

class Table {
   public:
    Table(const Result& result, const Style& style)
        : result_(result), story_(*result.schedule), style_(style), threads_(threads_of(story_)) {
        const auto count = std::max<std::size_t>(threads_.size(), 1);
        for (const auto& step : story_.steps)
            width_ = std::max(width_, columns_of(operation_of(story_, step)) + 2);
        width_ = std::clamp<std::size_t>(
            width_, 10, std::max<std::size_t>(10, (columns - line_column - least_code) / count));
        const auto used = line_column + count * width_;
        code_ = used + least_code <= columns ? columns - used : least_code;
    }

    std::string text() {
        row(
            "line", [](int thread) { return fmt::format("thread {}", thread); }, "code", true);
        int before = -1;
        for (const auto& step : story_.steps) {
            if (before >= 0 && before != step.thread) put_switch(before);
            before = step.thread;
            put(step);
        }
        const auto told = static_cast<long long>(story_.steps.size());
        if (told < story_.step_count)
            text_ += fmt::format("       … and {} more steps\n", story_.step_count - told);
        return std::move(text_);
    }

   private:
    template <class Cell>
    void row(const std::string& line, const Cell& cell, const std::string& code, bool dim) {
        std::string text = fmt::format("{:>5}  ", line);
        for (const int thread : threads_) text += fit(fit(cell(thread), width_ - 1), width_);
        text = trimmed(text + fit(code, code_));
        text_ += (dim ? paint(style_, Paint::dim, text) : text) + "\n";
    }

    void put_switch(int from) {
        row(
            "", [&](int thread) { return thread == from ? "switch" : ""; }, "", true);
    }

    void put(const Step& step) {
        const Frame* frame = culprit(step.stack);
        const auto cell = [&](int thread) {
            return thread == step.thread ? operation_of(story_, step) : "";
        };
        row(frame != nullptr ? std::to_string(frame->line) : "", cell,
            frame != nullptr ? code_at(*frame) : "", false);
    }

    std::string code_at(const Frame& frame) const {
        const auto found = result_.code.find(fmt::format("{}:{}", frame.file, frame.line));
        return found == result_.code.end() ? "" : found->second;
    }

    const Result& result_;
    const ScheduleStory& story_;
    const Style& style_;
    std::vector<int> threads_;
    std::size_t width_ = 0;
    std::size_t code_ = 0;
    std::string text_;
};

bool is_write(const Step& step) { return step.operation == "write"; }

/// The first write that overwrites what another thread wrote after its own thread had read the same
/// place: an update that nobody sees.
std::string lost_update(const ScheduleStory& story) {
    const auto& steps = story.steps;
    for (std::size_t late = 0; late < steps.size(); ++late) {
        if (!is_write(steps[late])) continue;
        const Step* other = nullptr;
        for (std::size_t i = late; i-- > 0;) {
            const auto& step = steps[i];
            const bool is_own = step.thread == steps[late].thread;
            // What it goes on with is then the outcome of that, and not of what it had read.
            if (is_own && step.operation == "update") break;
            if (step.object != steps[late].object) continue;
            if (!is_own) {
                if (other == nullptr && (is_write(step) || step.operation == "update"))
                    other = &step;
                continue;
            }
            if (step.operation != "read" || other == nullptr || !other->value) break;
            return fmt::format(
                "thread {} read {} before thread {} wrote {}, and wrote after it: the {} is lost",
                steps[late].thread, name_of(story, step.object), other->thread, value_of(*other),
                value_of(*other));
        }
    }
    return "";
}

std::string waits_of(const Result& result) {
    const auto found =
        std::find_if(result.reports.begin(), result.reports.end(), [&](const Report& report) {
            return report.kind == result.schedule->why && !report.waits.empty();
        });
    if (found == result.reports.end()) return "";
    std::string text;
    for (const auto& wait : found->waits) {
        text += fmt::format("{}thread {} waits for {}", text.empty() ? "" : "; ", wait.thread,
                            wait.what == "thread" && wait.held_by >= 0
                                ? fmt::format("thread {} to end", wait.held_by)
                                : "a " + wait.what);
        const auto name = result.schedule->names.find(wait.object);
        if (wait.what != "thread" && name != result.schedule->names.end())
            text += " (" + name->second + ")";
        if (wait.what != "thread" && wait.held_by >= 0)
            text += fmt::format(" that thread {} has", wait.held_by);
    }
    return text;
}

}  // namespace

std::string schedule_table(const Result& result, const Style& style) {
    return result.schedule ? Table(result, style).text() : "";
}

std::string what_went_wrong(const Result& result) {
    if (!result.schedule || result.schedule->why.empty()) return "";
    const auto& story = *result.schedule;
    if (story.why == "wrong-outcome") {
        const auto lost = lost_update(story);
        return fmt::format("outcome {}, expected {}{}", story.outcome,
                           fmt::join(result.info.expected, " or "),
                           lost.empty() ? "" : ": " + lost);
    }
    if (auto waits = waits_of(result); !waits.empty()) return story.why + ": " + waits;
    for (const auto& report : result.reports)
        if (report.kind == story.why)
            return report.what.empty() ? story.why : story.why + ": " + report.what;
    return story.why;
}

std::string replay_command(const Result& result, const std::string& begin, bool other_scope) {
    if (!result.schedule) return "";
    auto command =
        fmt::format("{} {} {}", begin, shell_word(result.name), shell_word(result.schedule->text));
    if (other_scope)
        command += fmt::format(" --scope {}x{}", result.info.threads, result.info.rounds);
    return command;
}

}  // namespace racepair::report
