#include <algorithm>
#include <set>

#include "../matrix.hpp"
#include "subject_matter.hpp"

namespace racepair::report::page {
namespace {

constexpr std::size_t most_failures = 50;  // listed above the matrix …
constexpr std::size_t first_failures = 3;  // … of which so many leave it on the first screen

std::string count_of(std::size_t count, const char* one, const char* many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

Markup verdict(const std::vector<Case>& cases, const Grid& grid) {
    std::size_t failed = 0;
    Markup first, others;
    std::set<std::string> notes;
    for (const auto& one : cases)
        for (const auto& variant : one.variants)
            for (std::size_t lane = 0; lane < grid.lanes.size(); ++lane) {
                const auto* result = variant.said[lane];
                if (result == nullptr) continue;
                notes.insert(result->notes.begin(), result->notes.end());
                if (result->as_expected || ++failed > most_failures) continue;
                (failed > first_failures ? others : first)
                    .put("<li><a href=\"#{}\">{}</a> under {}: <b>{}</b> ", one.anchor,
                         result->name, text_of(grid.lanes[lane]), judge::text_of(result->verdict))
                    .put_clipped(result->seen, 200)
                    .put("\n");
            }
    Markup text;
    const auto all = grid.cells.size();
    if (all == 0)
        text.put("<h2 class=bad>Nothing was judged</h2>\n<p>So nothing is proven.\n");
    else if (failed == 0)
        text.put("<h2 class=good>{} as expected</h2>\n",
                 all == 1 ? "The one verdict is" : fmt::format("All {} verdicts are", all));
    else
        text.put("<h2 class=bad>{} of {} verdicts {} not as expected</h2>\n", failed, all,
                 failed == 1 ? "is" : "are");
    std::set<std::string> detectors;
    for (const auto& lane : grid.lanes) detectors.insert(lane.detector);
    text.put("<p class=counts>{} · {} · {}\n", count_of(cases.size(), "case", "cases"),
             count_of(grid.rows.size(), "variant", "variants"),
             count_of(detectors.size(), "detector", "detectors"));
    if (!first.empty()) text.put("<ul class=failed>\n{}</ul>\n", first);
    if (!others.empty()) {
        text.put("<details><summary>{} more</summary><ul class=failed>\n{}</ul>",
                 failed - first_failures, others);
        if (failed > most_failures)
            text.put("<p>… and {} more, red in the matrix.\n", failed - most_failures);
        text.put("</details>\n");
    }
    for (const auto& note : notes)
        text.put("<p class=note>Note: ").put_clipped(note, 400).put("\n");
    return text;
}

Markup legend() {
    Markup text;
    return text.put(
        "<ul class=legend><li><i class=c></i>caught: of the right kind, in the right place"
        "<li><i class=s></i>silent: watched, right, not flagged"
        "<li><i class=w></i>wrong: silent, but the outcome shows it"
        "<li><i class=b></i>blind: cannot see it, and why is known"
        "<li><i class=a></i>alarm: a known false alarm"
        "<li><i class=i></i>in part: not all schedules were run"
        "<li><i class=n></i>not run"
        "<li><i class=x></i>not as expected</ul>\n");
}

Markup row(const Case& one, std::size_t lanes) {
    const auto& name = one.info->name;
    const bool below_its_mechanism = name.starts_with(one.part + '.');
    Markup text;
    text.put("<tr><th scope=row><a href=\"#{}\">{}</a>", one.anchor,
             name.substr(below_its_mechanism ? one.part.size() + 1 : 0));
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        text.put("<td>");
        const bool said_any =
            std::any_of(one.variants.begin(), one.variants.end(),
                        [&](const Variant& v) { return v.said[lane] != nullptr; });
        if (!said_any) continue;
        for (const auto& variant : one.variants)
            text.put("<i class={}>{}</i>", mark_of(variant.said[lane]),
                     variant.said[lane] == nullptr ? "not run" : word_of(*variant.said[lane]));
    }
    return text.put("\n");
}

std::string share(int part, int whole) {
    return whole == 0 ? "–" : fmt::format("{:.0f} %", 100.0 * part / whole);
}

Markup scores(const Grid& grid) {
    std::vector<Score> all(grid.lanes.size());
    for (const auto& [place, result] : grid.cells) all[place.second].add(*result);
    Markup text;
    text.put("<tfoot>\n");
    const auto line = [&](const char* name, auto cell) {
        text.put("<tr><th scope=row>{}", name);
        for (const auto& score : all) text.put("<td>{}", std::string(cell(score)));
        text.put("\n");
    };
    line("broken ones caught", [](const Score& s) {
        return fmt::format("{} of {}", s.true_positives, s.true_positives + s.false_negatives);
    });
    line("right ones left alone", [](const Score& s) {
        return fmt::format("{} of {}", s.true_negatives, s.true_negatives + s.false_positives);
    });
    line("recall", [](const Score& s) {
        return share(s.true_positives, s.true_positives + s.false_negatives);
    });
    line("recall of data races", [](const Score& s) { return share(s.races_caught, s.races); });
    line("precision", [](const Score& s) {
        return share(s.true_positives, s.true_positives + s.false_positives);
    });
    return text.put("</tfoot>\n");
}

Markup matrix(const std::vector<Case>& cases, const Grid& grid) {
    Markup text;
    text.put(
        "<div class=scroll tabindex=0><table class=matrix><caption>One mark a variant, in "
        "the order of the case</caption>\n<thead><tr><th scope=col>case");
    for (const auto& lane : grid.lanes)
        text.put("<th scope=col>{} <small>{}</small>", lane.detector, lane.build);
    const std::string* part = nullptr;
    for (const auto& one : cases) {
        if (part == nullptr || one.part != *part) {
            part = &one.part;
            text.put("<tbody>\n<tr class=part><th scope=rowgroup colspan={}>{}\n",
                     grid.lanes.size() + 1, *part);
        }
        text.put("{}", row(one, grid.lanes.size()));
    }
    return text.put("{}</table></div>\n", scores(grid));
}

/// Where the lanes' programs are, to judge them again.
Markup run_again(const Grid& grid) {
    Markup text;
    for (std::size_t lane = 0; lane < grid.lanes.size(); ++lane)
        for (const auto& [place, result] : grid.cells)
            if (place.second == lane) {
                text.put("<dt>{}<dd><code>{}</code>\n", text_of(grid.lanes[lane]),
                         result->reproduce.substr(0, result->reproduce.find(" --filter ")));
                break;
            }
    Markup part;
    return part.put("<section class=run><h2>Run it again</h2><dl>\n{}</dl></section>\n", text);
}

}  // namespace

Markup overview_part(const std::vector<Case>& cases, const Grid& grid) {
    Markup text;
    text.put("<section id=overview>\n<header class=verdict>{}</header>\n", verdict(cases, grid));
    if (!cases.empty())
        text.put(
            "<noscript><p class=note>Without its script this page tells outcomes and reports "
            "of each case in short, and no schedules: racepair report FILE tells "
            "all.</p></noscript>\n{}{}",
            matrix(cases, grid), legend());
    return text.put("{}</section>\n", run_again(grid));
}

Markup seed_part() {
    Markup text;
    return text.put(
        "<section id=seed class=seed>\n<h2>Two threads, one counter, twenty orders</h2>\n"
        "<p class=lesson>hits++ is three steps: load, add, store. Two threads that do it once each "
        "can "
        "take their steps in 20 orders. Only in the 2 in which one is done before the other begins "
        "is "
        "hits 2; in <b class=lost-count>18 of 20</b>, one of the additions is "
        "lost.</p>\n</section>\n");
}

}  // namespace racepair::report::page
