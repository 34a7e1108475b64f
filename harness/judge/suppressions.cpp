#include "suppressions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

#include "canary.hpp"

namespace racepair::judge {
namespace {

constexpr std::array types = {"race",   "race_top", "mutex",          "deadlock",
                              "thread", "signal",   "called_from_lib"};

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// The letters that a text has to have: the pattern without wildcards and ends.
std::string letters_of(std::string_view pattern) {
    std::string letters;
    for (const char letter : pattern)
        if (std::string_view("*^$").find(letter) == std::string_view::npos) letters += letter;
    return letters;
}

/// "libfoo", "libfoo.so", "libfoo.so.1": all that it does, and all that calls back from it.
bool is_library(const std::string& letters) {
    if (letters.find(".so") != std::string::npos) return true;
    return letters.starts_with("lib") && letters.size() > 3 &&
           letters.find_first_of(":/( ") == std::string::npos &&
           letters.find('.') == std::string::npos;
}

/// What an entry hides besides what it is meant for; "" if it names one thing.
std::string why_too_broad(const Suppression& entry) {
    const auto letters = letters_of(entry.pattern);
    if (letters.empty()) return "it matches every report";
    if (entry.type == "called_from_lib" || is_library(letters))
        return "it matches a whole library, and so each race of yours that is made through it";
    for (const char* scope : {"std::", "__gnu_cxx::", "boost::"})
        if (letters.starts_with(scope))
            return fmt::format(
                "it matches a part of {} that all code uses: each race of yours that is made "
                "through it is silent too",
                scope);
    if (letters.ends_with("::")) return "it matches all that is in a namespace or a class";
    if (letters.ends_with("/")) return "it matches all files of a folder";
    if (letters.size() < 4) return "so few letters stand in many names";
    return "";
}

/// The kinds of reports that a type of entries is about.
bool is_about(const Suppression& entry, const std::string& kind) {
    const auto begins = [&](const char* word) { return kind.starts_with(word); };
    const bool is_race = begins("data-race") || begins("heap-use") || begins("race-on") ||
                         begins("vptr") || begins("external-race");
    if (entry.type == "race" || entry.type == "race_top" || entry.type == "called_from_lib")
        return is_race;
    if (entry.type == "mutex") return kind.find("mutex") != std::string::npos;
    if (entry.type == "deadlock")
        return begins("lock-order") || begins("deadlock") || begins("potential-deadlock");
    if (entry.type == "thread") return begins("thread-leak");
    return begins("signal") || begins("errno");
}

bool silences_any(const Suppression& entry, const std::vector<Result>& results,
                  bool of_the_canary) {
    return std::any_of(results.begin(), results.end(), [&](const Result& result) {
        const auto hit = [&](const Report& report) { return silences(entry, report); };
        return (result.info.name == canary_case) == of_the_canary &&
               (std::any_of(result.reports.begin(), result.reports.end(), hit) ||
                std::any_of(result.suppressed.begin(), result.suppressed.end(), hit));
    });
}

/// The canary's own race, as its report names it, for results that were made without it.
bool silences_known_canary(const Suppression& entry) {
    Report canary;
    canary.kind = "data-race";
    Access access;
    access.stack = {
        {"racepair_canary::Racy::visit(racepair::Order&)", "subject/canary.cpp", 0, ""}};
    canary.accesses = {access};
    return silences(entry, canary);
}

}  // namespace

std::vector<Suppression> read_suppressions(std::string_view text,
                                           std::vector<SuppressionFault>& faults) {
    std::vector<Suppression> entries;
    bool reason_above = false;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty()) {
            reason_above = false;
            continue;
        }
        if (line[0] == '#') {
            reason_above = line.find_first_not_of("# \t") != std::string_view::npos;
            continue;
        }
        if (line == "{")
            throw std::runtime_error(
                fmt::format("line {} begins an entry of valgrind's; this reads the suppressions of "
                            "ThreadSanitizer, one 'race:pattern' a line",
                            number));
        const auto colon = line.find(':');
        const auto type = line.substr(0, colon);
        if (colon == std::string_view::npos ||
            std::find(types.begin(), types.end(), type) == types.end()) {
            faults.push_back(
                {number, std::string(line), "unreadable",
                 "ThreadSanitizer refuses to start with it",
                 fmt::format("write TYPE:PATTERN, TYPE one of {}", fmt::join(types, ", "))});
            continue;
        }
        entries.push_back({number, std::string(type), std::string(trimmed(line.substr(colon + 1))),
                           reason_above});
    }
    return entries;
}

bool suppression_matches(std::string_view pattern, std::string_view text) {
    const bool at_begin = pattern.starts_with('^');
    if (at_begin) pattern.remove_prefix(1);
    const bool at_end = pattern.ends_with('$');
    if (at_end) pattern.remove_suffix(1);
    // Greedy, with one place to go back to: the last wildcard. One stands at each open end.
    std::string all(pattern);
    if (!at_begin) all.insert(0, "*");
    if (!at_end) all += "*";
    std::size_t at = 0, in_text = 0, star = std::string::npos, taken = 0;
    while (in_text < text.size()) {
        if (at < all.size() && all[at] == '*') {
            star = at++;
            taken = in_text;
        } else if (at < all.size() && all[at] == text[in_text]) {
            ++at, ++in_text;
        } else if (star != std::string::npos) {
            at = star + 1;
            in_text = ++taken;
        } else {
            return false;
        }
    }
    return std::all_of(all.begin() + static_cast<std::ptrdiff_t>(at), all.end(),
                       [](char letter) { return letter == '*'; });
}

bool silences(const Suppression& suppression, const Report& report) {
    if (!is_about(suppression, report.kind)) return false;
    const auto hits_frame = [&](const Frame& frame) {
        return (!frame.function.empty() &&
                suppression_matches(suppression.pattern, frame.function)) ||
               (!frame.file.empty() && suppression_matches(suppression.pattern, frame.file));
    };
    const auto hits = [&](const std::vector<Frame>& stack) {
        if (suppression.type == "race_top") return !stack.empty() && hits_frame(stack.front());
        return std::any_of(stack.begin(), stack.end(), hits_frame);
    };
    return std::any_of(report.accesses.begin(), report.accesses.end(),
                       [&](const Access& access) { return hits(access.stack); }) ||
           std::any_of(report.stacks.begin(), report.stacks.end(), hits);
}

std::vector<SuppressionFault> faults_of(const std::vector<Suppression>& suppressions,
                                        const std::vector<Result>& results) {
    std::vector<SuppressionFault> faults;
    for (const auto& entry : suppressions) {
        const auto add = [&](const char* name, const std::string& why, const std::string& remedy) {
            faults.push_back({entry.line, entry.type + ":" + entry.pattern, name, why, remedy});
        };
        if (silences_known_canary(entry) || silences_any(entry, results, true))
            add("silences-canary",
                "it silences the canary, the race that must be reported: with it nothing can be "
                "believed",
                "name the function that races, with its scope");
        if (const auto why = why_too_broad(entry); !why.empty())
            add("too-broad", why,
                "name the function of yours that makes the access: race:^ns::Type::f");
        if (!entry.has_reason)
            add("no-reason", "nobody will know when it may go",
                "write above it, after '#', why the report may be ignored and where that is "
                "tracked");
        if (!silences_any(entry, results, false))
            add("stale", "it silences no report of these results: it waits for the next race",
                "remove it, or judge what it is for and pass those results too");
    }
    return faults;
}

}  // namespace racepair::judge
