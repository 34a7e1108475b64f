#include "../../judge/session.hpp"
#include "../console.hpp"
#include "subject_matter.hpp"

namespace racepair::report::page {
namespace {

using judge::Result;

constexpr std::size_t longest_log = 3000;  // bytes of a failure's output
constexpr std::size_t longest_sentence = 1000;

Markup failure(const Result& result, const Lane& lane) {
    Markup text;
    text.put("<div class=failure><h4>{} under {}: {}</h4><dl><dt>expected<dd>{}", result.variant,
             text_of(lane), judge::text_of(result.verdict),
             judge::text_of(result.expectation.stance));
    if (!result.expectation.why.empty()) text.put(": {}", result.expectation.why);
    text.put("\n<dt>seen<dd>").put_clipped(result.seen, longest_sentence);
    for (const auto& detail : result.details)
        if (result.seen.find(detail) == std::string::npos)
            text.put("\n<dd>").put_clipped(detail, longest_sentence);
    for (const auto& note : result.notes)
        text.put("\n<dt>note<dd>").put_clipped(note, longest_sentence);
    text.put("\n<dt>where<dd>{}:{}\n<dt>why<dd>{}\n<dt>reproduce<dd><code>{}</code></dl>\n",
             result.info.file, result.info.line, judge::why_it_matters(result.verdict),
             result.reproduce);
    const auto log = log_of_case(result);
    if (!log.empty())
        text.put("<details><summary>its output</summary><pre tabindex=0>")
            .put_clipped(log, longest_log)
            .put("</pre></details>");
    return text.put("</div>\n");
}

/// The command that judges all variants of the case again, and what explores the broken one.
Markup commands(const Case& one, const std::vector<Lane>& lanes) {
    Markup text;
    std::string explored;
    const Result* judged = nullptr;
    for (const auto& variant : one.variants)
        for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
            const auto* result = variant.said[lane];
            if (result == nullptr) continue;
            if (judged == nullptr) judged = result;
            if (result->explored && explored.empty()) explored = result->subject;
        }
    const auto name = judge::shell_word(one.info->name + ".*");
    text.put("racepair judge {} --filter {}", judge::shell_word(judged->subject), name);
    if (!explored.empty())
        text.put("\nracepair explore {} {}", judge::shell_word(explored),
                 judge::shell_word(one.info->name));
    return text;
}

/// What the details come to, for who reads the page without its script.
Markup in_short(const Case& one, const std::vector<Lane>& lanes) {
    Markup text;
    for (const auto& variant : one.variants)
        text.put("<li>{}: {}{}\n", variant.name, outcomes_in_short(one, variant, lanes),
                 reports_in_short(variant));
    Markup part;
    return part.put("<noscript><ul>\n{}</ul></noscript>\n", text);
}

}  // namespace

Markup failures_part(const Case& one, const std::vector<Lane>& lanes) {
    Markup text;
    for (const auto& variant : one.variants)
        for (std::size_t lane = 0; lane < lanes.size(); ++lane)
            if (const auto* result = variant.said[lane]; result != nullptr && !result->as_expected)
                text.put("{}", failure(*result, lanes[lane]));
    Markup part;
    if (text.empty()) return part;
    return part.put("<section class=failures><h3>Not as expected</h3>\n{}</section>\n", text);
}

Markup case_part(const Case& one, const std::vector<Lane>& lanes) {
    const auto& info = *one.info;
    const auto dot = info.name.find('.');
    Markup text;
    text.put("<article id=\"{}\">\n<header><p class=mechanism>{}<h2>{}</h2><p class=lesson>{}\n",
             one.anchor, info.mechanism(),
             dot == std::string::npos ? info.name : info.name.substr(dot + 1), info.lesson);
    text.put("<p class=scope>{} thread{} × {} round{} · right: <b>{}</b>", info.threads,
             info.threads == 1 ? "" : "s", info.rounds, info.rounds == 1 ? "" : "s",
             fmt::format("{}", fmt::join(info.expected, " or ")));
    if (!info.source.empty()) text.put(" · from {}", info.source);
    text.put("</header>\n{}", failures_part(one, lanes));
    text.put("<section class=code><h3>Side by side</h3>\n{}{}</section>\n", variants_part(one),
             in_short(one, lanes));
    text.put("<section class=run><h3>Run it</h3><pre tabindex=0>{}</pre>", commands(one, lanes));
    if (!info.exercise.empty()) text.put("<h3>Exercise</h3><p>{}", info.exercise);
    return text.put("</section>\n</article>\n");
}

}  // namespace racepair::report::page
