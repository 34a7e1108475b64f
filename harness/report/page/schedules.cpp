#include <algorithm>
#include <set>

#include "../../judge/place.hpp"
#include "../../judge/session.hpp"
#include "../schedule_table.hpp"
#include "../step_text.hpp"
#include "subject_matter.hpp"

namespace racepair::report::page {
namespace {

using judge::Result;
using judge::Step;

constexpr std::size_t most_steps = 120;  // told of one schedule
constexpr std::size_t longest_code = 120;

Markup operation(const judge::ScheduleStory& story, const Step& step) {
    const auto words = words_of(story, step);
    Markup text;
    if (!words.verb.empty()) text.put("{} ", words.verb);
    text.put("<var>{}</var>", words.object);
    text.put("{}", words.sign == " -> " ? " → " : words.sign);
    if (!words.value.empty()) text.put("<b>{}</b>", words.value);
    for (const auto& lock : words.locks) text.put(" <small>holds {}</small>", lock);
    return text;
}

Markup table(const Variant& variant, const Result& result) {
    const auto& story = *result.schedule;
    const auto threads = threads_of(story);
    Markup text;
    text.put("<table class=steps data-variant=\"{}\"><thead><tr><th scope=col>line", variant.name);
    for (const int thread : threads) text.put("<th scope=col>thread {}", thread);
    text.put("<th scope=col>code<tbody>\n");
    std::set<std::string> quoted;  // a line of code is sent once
    for (std::size_t i = 0; i < std::min(story.steps.size(), most_steps); ++i) {
        const auto& step = story.steps[i];
        const auto* frame = judge::culprit(step.stack);
        text.put("<tr><td>");
        if (frame != nullptr) text.put("{}", frame->line);
        for (const int thread : threads) {
            text.put("<td>");
            if (thread == step.thread) text.put("{}", operation(story, step));
        }
        text.put("<td>");
        if (frame != nullptr && quoted.insert(place_of(*frame)).second)
            text.put_clipped(code_at(variant, *frame), longest_code);
        text.put("\n");
    }
    text.put("</table>\n");
    const auto told = static_cast<long long>(std::min(story.steps.size(), most_steps));
    if (told < story.step_count) text.put("<p>… and {} more steps.\n", story.step_count - told);
    return text;
}

/// What went wrong, as a sentence.
std::string conclusion_of(const Result& result) {
    const auto& why = result.schedule->why;
    const auto found =
        std::find_if(result.reports.begin(), result.reports.end(), [&](const auto& report) {
            return report.kind == why && report.accesses.size() == 2 && report.what.empty();
        });
    if (found == result.reports.end()) return what_went_wrong(result);
    const auto does = [](const judge::Access& access) { return access.write ? "writes" : "reads"; };
    return fmt::format("{}: thread {} {} and thread {} {}, and nothing orders the two", why,
                       found->accesses[0].thread, does(found->accesses[0]),
                       found->accesses[1].thread, does(found->accesses[1]));
}

}  // namespace

Markup schedules_part(const Case& one) {
    Markup text;
    for (const auto& variant : one.variants)
        for (const auto* result : variant.said) {
            if (result == nullptr || !result->schedule || result->schedule->steps.empty()) continue;
            const auto& story = *result->schedule;
            text.put(
                "<div class=schedule><h4>{} <span>{}failing schedule of {} × {}, {} switch{}"
                "</span></h4>\n",
                variant.name, story.shortest ? "shortest " : "", result->info.threads,
                result->info.rounds, story.switches, story.switches == 1 ? "" : "es");
            text.put("<div class=scroll tabindex=0>{}</div><p class=conclusion>",
                     table(variant, *result))
                .put_clipped(conclusion_of(*result), 600);
            text.put("\n<p class=replay><code>{}</code>\n</div>\n",
                     replay_command(
                         *result, "racepair replay " + judge::shell_word(result->subject), false));
        }
    Markup part;
    if (text.empty()) return part;
    return part.put(
        "<section class=schedules><h3>A schedule that goes wrong, step by step</h3>\n"
        "{}</section>\n",
        text);
}

}  // namespace racepair::report::page
