#include <algorithm>
#include <map>
#include <set>

#include "../../judge/place.hpp"
#include "difference.hpp"
#include "subject_matter.hpp"

namespace racepair::report::page {
namespace {

constexpr std::size_t longest_definition = 6000;  // bytes, shown of one variant

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char letter : text) {
        if (letter == '\n')
            lines.emplace_back();
        else
            lines.back() += letter;
    }
    return lines;
}

std::string without_margins(const std::string& line) {
    const auto begin = line.find_first_not_of(" \t");
    return begin == std::string::npos
               ? ""
               : line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

/// Lines of the case's own file that results quote, by number.
std::map<int, std::string> quoted_lines(const Case& one, const Variant& variant) {
    std::map<int, std::string> lines;
    const auto begin = one.info->file + ":";
    for (const auto* result : variant.said) {
        if (result == nullptr) continue;
        for (const auto& [place, text] : result->code)
            if (place.starts_with(begin)) lines[std::atoi(place.c_str() + begin.size())] = text;
    }
    return lines;
}

/// The number of a definition's first line, 0 if it cannot be told: results quote lines with their
/// numbers, and the place is the one at which most of them stand in the definition. Lines outside
/// of it, of the scenario, fit nowhere.
int first_line_of(const std::vector<std::string>& definition,
                  const std::map<int, std::string>& quoted) {
    std::map<int, int> votes;
    for (const auto& [number, text] : quoted)
        for (std::size_t i = 0; i < definition.size(); ++i)
            if (without_margins(definition[i]) == without_margins(text))
                ++votes[number - static_cast<int>(i)];
    int best = 0, most = 0, times = 0;
    for (const auto& [first, count] : votes) {
        if (count == most) ++times;
        if (count > most && first > 0) best = first, most = count, times = 1;
    }
    return times == 1 ? best : 0;
}

/// Lines of the case's file at which accesses were reported.
std::set<int> racing_lines(const Case& one, const Variant& variant) {
    std::set<int> lines;
    for (const auto* result : variant.said) {
        if (result == nullptr) continue;
        const auto add = [&](const std::vector<judge::Frame>& stack) {
            const auto* frame = judge::culprit(stack);
            if (frame != nullptr && frame->file == one.info->file) lines.insert(frame->line);
        };
        for (const auto& report : result->reports) {
            for (const auto& access : report.accesses) add(access.stack);
            for (const auto& stack : report.stacks) add(stack);
        }
    }
    return lines;
}

Source source_of(const Variant& variant) {
    const auto& type = variant.info->type;
    const auto colons = type.rfind(':');
    return {variant.definition(), colons == std::string::npos ? type : type.substr(colons + 1)};
}

const Variant* of_kind(const Case& one, const char* kind) {
    const auto found = std::find_if(one.variants.begin(), one.variants.end(),
                                    [&](const Variant& v) { return v.info->kind == kind; });
    return found == one.variants.end() ? nullptr : &*found;
}

/// The code line by line, what differs from `other` in `tag`, and racing lines in a frame.
Markup code(const Case& one, const Variant& variant, const Variant* other) {
    const auto source = source_of(variant);
    const auto lines = split(source.text);
    const int first = first_line_of(lines, quoted_lines(one, variant));
    const auto racing = first > 0 ? racing_lines(one, variant) : std::set<int>();
    std::vector<Markup> marked(1);
    for (const auto& piece : difference(source, other == nullptr ? source : source_of(*other))) {
        const auto parts = split(piece.text);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (i > 0) marked.emplace_back();
            if (parts[i].empty()) continue;
            if (piece.is_comment)
                marked.back().put("<i>{}</i>", parts[i]);
            else if (piece.differs)
                marked.back().put("<mark>{}</mark>", parts[i]);
            else
                marked.back().put("{}", parts[i]);
        }
    }
    Markup all;
    for (std::size_t i = 0; i < marked.size(); ++i) {
        if (i > 0) all.put("\n");
        if (all.size() > longest_definition) {
            all.put("… {} more lines", marked.size() - i);
            break;
        }
        const int number = first + static_cast<int>(i);
        if (racing.contains(number))
            all.put("<b data-line={}>{}</b>", number, marked[i]);
        else
            all.put("{}", marked[i]);
    }
    Markup text;
    return first > 0 ? text.put("<pre data-first={}>{}</pre>", first, all)
                     : text.put("<pre>{}</pre>", all);
}

const char* title_of(const std::string& kind) {
    return kind == "racy" ? "the bug" : kind == "fixed" ? "the repair" : "a wrong fix";
}

/// Was any trial wrong, was any flagged by a detector that reads reports?
struct Facts {
    bool wrong = false;
    bool flagged = false;
    bool watched = false;
};

Facts facts_of(const Variant& variant) {
    Facts facts;
    for (const auto* result : variant.said) {
        if (result == nullptr) continue;
        facts.wrong = facts.wrong || result->cells.wrong().hits > 0;
        if (result->detector == "plain") continue;
        facts.watched = true;
        facts.flagged = facts.flagged || result->cells.flagged().hits > 0;
    }
    return facts;
}

}  // namespace

Markup variants_part(const Case& one) {
    const auto* racy = of_kind(one, "racy");
    const auto* fixed = of_kind(one, "fixed");
    Markup figures;
    for (const auto& variant : one.variants) {
        const auto& info = *variant.info;
        const auto facts = facts_of(variant);
        std::string seen;
        if (facts.wrong) seen += 'w';
        if (facts.flagged) seen += 'f';
        if (facts.watched) seen += 'd';
        figures.put("<figure data-seen=\"{}\"><figcaption><b>{}</b> {}</figcaption>", seen,
                    info.name, title_of(info.kind));
        if (variant.definition().empty())
            figures.put("<p class=none>The results hold no source text of {}.", info.type);
        else
            figures.put("{}", code(one, variant, &variant == racy ? fixed : racy));
        figures.put("</figure>\n");
    }
    Markup text;
    return text.put("<div class=variants>\n{}</div>\n", figures);
}

}  // namespace racepair::report::page
