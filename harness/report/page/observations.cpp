#include <algorithm>
#include <map>

#include "../../judge/detector.hpp"
#include "../exploration_screen.hpp"
#include "subject_matter.hpp"

namespace racepair::report::page {
namespace {

using judge::Result;

/// How often, in words, and what that says of the true rate.
Markup rate_of(const Result& result) {
    Markup text;
    const auto* detector = judge::find_detector(result.detector);
    if (detector != nullptr && detector->compiles) return text.put_clipped(result.seen, 160);
    const auto flagged = result.cells.flagged(), wrong = result.cells.wrong();
    if (result.explored)
        return text.put("flagged {}, wrong {} of {}", flagged.hits, wrong.hits,
                        coverage_of(result));
    if (result.trials == 0 && result.cells.trials() == 0) return text.put_clipped(result.seen, 160);
    // Of one trial, the interval says nothing.
    const auto told = [&](const judge::Rate& rate) {
        return rate.trials == 1 ? fmt::format("{}/1", rate.hits) : rate.text();
    };
    if (result.detector == "plain") return text.put("wrong {}", told(wrong));
    text.put("flagged {}", told(flagged));
    if (wrong.hits > 0) text.put(", wrong {}", wrong.hits);
    return text;
}

/// Why a lane need not catch what is wrong, or flags what is right: each reason once.
Markup reasons(const Case& one, const std::vector<Lane>& lanes) {
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> told;
    for (const auto& variant : one.variants)
        for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
            const auto* result = variant.said[lane];
            if (result == nullptr || result->expectation.why.empty()) continue;
            auto& names =
                told[{judge::text_of(result->expectation.stance), result->expectation.why}];
            auto name = lanes[lane].detector + " of " + variant.name;
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(std::move(name));
        }
    Markup text;
    for (const auto& [reason, names] : told)
        text.put("<li><b>{}</b>, {}: {}\n", reason.first, fmt::format("{}", fmt::join(names, ", ")),
                 reason.second);
    Markup list;
    if (!text.empty()) list.put("<ul class=reasons>\n{}</ul>\n", text);
    return list;
}

/// All trials by flagged and wrong, those of plain runs, which cannot flag, apart.
Markup crossed(const Case& one) {
    using judge::Cells;
    std::vector<Cells> watched(one.variants.size()), plain(one.variants.size());
    bool any_watched = false, any_plain = false;
    for (std::size_t i = 0; i < one.variants.size(); ++i)
        for (const auto* result : one.variants[i].said) {
            if (result == nullptr) continue;
            const bool is_plain = result->detector == "plain";
            auto& sum = is_plain ? plain[i] : watched[i];
            (is_plain ? any_plain : any_watched) = true;
            sum.flagged_wrong += result->cells.flagged_wrong;
            sum.flagged_right += result->cells.flagged_right;
            sum.silent_wrong += result->cells.silent_wrong;
            sum.silent_right += result->cells.silent_right;
        }
    Markup text;
    text.put("<tbody class=crossed><tr><th colspan={} scope=rowgroup>All trials, flagged × wrong\n",
             one.variants.size() + 1);
    const auto row = [&](const char* name, const std::vector<Cells>& sums, auto cell) {
        text.put("<tr><th scope=row>{}", name);
        for (const auto& sum : sums) text.put("<td>{}", sum.*cell);
        text.put("\n");
    };
    if (any_watched) {
        row("flagged, wrong", watched, &Cells::flagged_wrong);
        row("flagged, right", watched, &Cells::flagged_right);
        row("silent, wrong", watched, &Cells::silent_wrong);
        row("silent, right", watched, &Cells::silent_right);
    }
    if (any_plain) {
        row("not watched, wrong", plain, &Cells::silent_wrong);
        row("not watched, right", plain, &Cells::silent_right);
    }
    return text;
}

Markup said(const Case& one, const std::vector<Lane>& lanes) {
    Markup text;
    text.put("<tbody class=said><tr><th colspan={} scope=rowgroup>What each detector said\n",
             one.variants.size() + 1);
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        const bool said_any =
            std::any_of(one.variants.begin(), one.variants.end(),
                        [&](const Variant& v) { return v.said[lane] != nullptr; });
        if (!said_any) continue;
        text.put("<tr><th scope=row>{} <small>{}</small>", lanes[lane].detector, lanes[lane].build);
        for (const auto& variant : one.variants) {
            const auto* result = variant.said[lane];
            if (result == nullptr)
                text.put("<td>not run");
            else
                text.put("<td class={}>{}<br>{}", mark_of(result), word_of(*result),
                         rate_of(*result));
        }
        text.put("\n");
    }
    return text;
}

}  // namespace

Markup facts_part(const Case& one, const std::vector<Lane>& lanes) {
    Markup text;
    text.put(
        "<section class=facts><h3>What happened</h3>\n<div class=scroll tabindex=0>"
        "<table><thead><tr><td>");
    for (const auto& variant : one.variants) text.put("<th scope=col>{}", variant.name);
    return text.put("\n{}{}{}</table></div>\n{}</section>\n", outcomes_part(one, lanes),
                    said(one, lanes), crossed(one), reasons(one, lanes));
}

}  // namespace racepair::report::page
