#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "../../judge/place.hpp"
#include "subject_matter.hpp"

namespace racepair::report::page {
namespace {

using judge::Frame;
using judge::Report;

constexpr std::size_t most_reports = 3;  // told of each variant
constexpr std::size_t most_frames = 3;   // of a stack, as reported
constexpr std::size_t longest_function = 100;
constexpr std::size_t longest_words = 400;

/// A report that several lanes or trials made, told once.
struct Told {
    const Report* report;
    std::vector<std::string> lanes;
    long long times = 0;
};

/// Where a report's accesses are made and its threads wait, in order: whichever of two accesses
/// came first. A line that reads and writes is met in either way.
std::vector<std::string> places_of(const Report& report) {
    std::vector<std::string> places;
    const auto add = [&](const std::vector<Frame>& stack) {
        const Frame* frame = judge::culprit(stack);
        places.push_back(frame == nullptr ? "" : place_of(*frame));
    };
    for (const auto& access : report.accesses) add(access.stack);
    for (const auto& stack : report.stacks) add(stack);
    for (const auto& wait : report.waits) places.push_back("waits " + wait.what);
    std::sort(places.begin(), places.end());
    return places;
}

std::vector<Told> reports_of(const Variant& variant, const std::vector<Lane>& lanes) {
    std::vector<Told> all;
    // What makes two reports the same for a reader.
    std::vector<std::pair<std::string, std::vector<std::string>>> signatures;
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        if (variant.said[lane] == nullptr) continue;
        for (const auto& report : variant.said[lane]->reports) {
            const auto signature = std::pair(report.kind, places_of(report));
            const auto found = std::find(signatures.begin(), signatures.end(), signature);
            const auto at = static_cast<std::size_t>(found - signatures.begin());
            if (found == signatures.end()) {
                signatures.push_back(signature);
                all.push_back({&report, {}});
            }
            all[at].times += report.times;
            const auto name = text_of(lanes[lane]);
            auto& names = all[at].lanes;
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    }
    return all;
}

/// "at plain_counter.cpp:16  ops++;"
Markup place(const Variant& variant, const Frame& frame) {
    Markup text;
    text.put("at <b>{}</b>", place_of(frame));
    const auto code = code_at(variant, frame);
    if (!code.empty()) text.put(" <code>{}</code>", code);
    return text;
}

/// "Thread 1 waits for a lock that thread 2 has"
Markup waits(const judge::Wait& wait) {
    Markup text;
    text.put("Thread {} waits for ", wait.thread);
    if (wait.what == "thread" && wait.held_by >= 0)
        return text.put("thread {} to end", wait.held_by);
    text.put("a {}", wait.what);
    return wait.held_by >= 0 ? text.put(" that thread {} has", wait.held_by) : text;
}

Markup read_aloud(const Variant& variant, const Report& report) {
    Markup text;
    const auto where = [&](const std::vector<Frame>& stack) {
        const Frame* frame = judge::culprit(stack);
        Markup words;
        return frame == nullptr ? words.put("at a place without a name") : place(variant, *frame);
    };
    bool is_first = true;
    for (const auto& access : report.accesses) {
        text.put("<li>{} thread {} {}{} {} byte{} {}\n", is_first ? "Here" : "There", access.thread,
                 access.atomic ? "atomically " : "", access.write ? "writes" : "reads", access.size,
                 access.size == 1 ? "" : "s", where(access.stack));
        is_first = false;
    }
    // Where as many threads wait as stacks are told, each stack is that of one of them.
    const bool in_pairs = report.stacks.size() == report.waits.size();
    for (std::size_t i = 0; i < report.waits.size(); ++i) {
        text.put("<li>{}", waits(report.waits[i]));
        if (in_pairs) text.put(" {}", where(report.stacks[i]));
        text.put("\n");
    }
    if (!in_pairs)
        for (const auto& stack : report.stacks) text.put("<li>Seen {}\n", where(stack));
    const bool is_race = report.kind == "data-race" && report.accesses.size() == 2;
    if (is_race && report.handover.size() == 2)
        text.put(
            "<li>A value is handed over in an atomic, stored {} and loaded {}. That would "
            "order the two, were the store a release and the load an acquire.\n",
            where(report.handover[0]), where(report.handover[1]));
    else if (is_race)
        text.put(
            "<li>Nothing orders the two, because between them stands no lock that both take, "
            "no release and acquire, no start and no join of a thread.\n");
    if (!report.what.empty()) text.put("<li>").put_clipped(report.what, longest_words).put("\n");
    Markup list;
    return list.put("<ol>\n{}</ol>\n", text);
}

/// Accesses and stacks as the detector gave them.
Markup as_reported(const Report& report) {
    Markup text;
    const auto put_stack = [&](const std::vector<Frame>& stack) {
        for (std::size_t i = 0; i < std::min(stack.size(), most_frames); ++i)
            text.put("  #{} ", i)
                .put_clipped(stack[i].function, longest_function)
                .put(" {}\n", place_of(stack[i]));
        if (stack.size() > most_frames)
            text.put("  … {} more frames\n", stack.size() - most_frames);
    };
    for (const auto& access : report.accesses) {
        text.put("{}{} of {} bytes at {} by thread {}\n", access.atomic ? "atomic " : "",
                 access.write ? "write" : "read", access.size, access.address, access.thread);
        put_stack(access.stack);
    }
    for (const auto& stack : report.stacks) {
        text.put("stack\n");
        put_stack(stack);
    }
    return text;
}

}  // namespace

Markup reports_in_short(const Variant& variant) {
    struct Seen {
        std::set<std::string> places, detectors;
    };
    std::map<std::string, Seen> kinds;
    // The case's own file need not be named each time: the page stays small.
    const auto own = std::filesystem::path(variant.any().info.file).filename().string() + ":";
    for (const auto* result : variant.said) {
        if (result == nullptr) continue;
        for (const auto& report : result->reports) {
            auto& seen = kinds[report.kind];
            for (const auto& place : places_of(report))
                seen.places.insert(place.starts_with(own) ? "line " + place.substr(own.size())
                                                          : place);
            seen.detectors.insert(result->detector);
        }
    }
    Markup text;
    for (const auto& [kind, seen] : kinds)
        text.put("; {} at {}, by {}", kind, fmt::format("{}", fmt::join(seen.places, ", ")),
                 fmt::format("{}", fmt::join(seen.detectors, ", ")));
    return text;
}

Markup reports_part(const Case& one, const std::vector<Lane>& lanes) {
    Markup text;
    for (const auto& variant : one.variants) {
        const auto all = reports_of(variant, lanes);
        for (std::size_t i = 0; i < std::min(all.size(), most_reports); ++i) {
            text.put("<div class=report><h4>{} <span>{}, seen {} by {}</span></h4>\n{}",
                     variant.name, all[i].report->kind,
                     all[i].times == 1 ? "once" : fmt::format("{} times", all[i].times),
                     fmt::format("{}", fmt::join(all[i].lanes, ", ")),
                     read_aloud(variant, *all[i].report));
            const auto raw = as_reported(*all[i].report);
            if (!raw.empty())
                text.put(
                    "<details><summary>as reported</summary><pre tabindex=0>{}</pre></details>",
                    raw);
            text.put("</div>\n");
        }
        if (all.size() > most_reports)
            text.put("<p>… and {} more reports of {}: <code>racepair report FILE</code>\n",
                     all.size() - most_reports, variant.name);
    }
    Markup part;
    if (text.empty()) return part;
    return part.put("<section class=reports><h3>Reports, read aloud</h3>\n{}</section>\n", text);
}

}  // namespace racepair::report::page
