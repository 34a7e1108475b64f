#include "rates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <stdexcept>

#include "../judge/detector.hpp"
#include "../judge/expectation.hpp"
#include "lane.hpp"

namespace racepair::report {
namespace {

using judge::CaseInfo;
using judge::Stance;

constexpr const char* titles = "variant,detector,build,cpus,expected,trials,flagged,wrong";

/// A detector in one build, on so many CPUs.
struct Place {
    Lane lane;
    int cpus = 0;

    bool operator<(const Place& other) const {
        return lane == other.lane ? cpus < other.cpus : comes_before(lane, other.lane);
    }
};

// Helgrind and DRD do not care who compiled the subject.
std::string text_of(const Place& place) {
    return fmt::format("{} ({}) | {}", place.lane.detector, place.lane.build, place.cpus);
}

struct Row {
    std::string variant, expected;
    Place place;
    long long trials = 0, flagged = 0;
};

std::vector<std::string> cut(std::string_view text, char at) {
    std::vector<std::string> parts;
    for (;;) {
        const auto end = text.find(at);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

long long number_of(const std::string& word) {
    long long number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size())
        throw std::runtime_error("'" + word + "' among the rates is no number");
    return number;
}

std::vector<Row> rows_of(std::string_view rates) {
    auto lines = cut(rates, '\n');
    if (lines.front() != titles)
        throw std::runtime_error(fmt::format("rates begin with '{}'", titles));
    std::vector<Row> rows;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        const auto words = cut(lines[i], ',');
        if (words.size() != 8)
            throw std::runtime_error(
                fmt::format("line {} of the rates has {} values, not 8", i + 1, words.size()));
        rows.push_back({words[0],
                        words[4],
                        {{words[1], words[2]}, static_cast<int>(number_of(words[3]))},
                        number_of(words[5]),
                        number_of(words[6])});
    }
    return rows;
}

bool is_flagged_enough(const Row& row) {
    constexpr long long one_miss_in = 300;
    return row.trials > 0 && row.trials - row.flagged <= row.trials / one_miss_in;
}

struct Sum {
    int must_flag = 0, flagged_enough = 0, must_be_silent = 0, silent = 0;
    long long trials = 0;
    const Row* least = nullptr;
    std::set<std::string> variants;
};

double share_of(const Row& row) {
    return row.trials == 0 ? 0 : static_cast<double>(row.flagged) / static_cast<double>(row.trials);
}

using Asked = std::map<std::string, std::set<Stance>>;  // by variant

/// What is asked of a detector there: once of a case that was not optimised, once of
/// one that was, for these rates do not say which. What may hang is asked of none that runs it.
Asked asked_at(const Place& place, const std::vector<CaseInfo>& cases) {
    const auto* detector = judge::find_detector(place.lane.detector);
    if (detector == nullptr)
        throw std::runtime_error("'" + place.lane.detector + "' among the rates is no detector");
    judge::Identity identity;
    const auto words = cut(place.lane.build, ' ');
    identity.compiler = words[0];
    if (words.size() > 1) identity.compiler_version = words[1];
    identity.cpus_online = identity.cpus_allowed = place.cpus;
    Asked asked;
    for (auto info : cases)
        for (const bool optimised : {false, true}) {
            info.optimised = optimised;
            for (const auto& variant : info.variants)
                asked[info.name + "." + variant.name].insert(
                    info.may_hang.empty()
                        ? expectation_for(info, variant, *detector, identity).stance
                        : Stance::blind);
        }
    return asked;
}

/// Refuses what was measured of another course than this one.
void must_be_asked(const Row& row, const Asked& asked) {
    const auto now = asked.find(row.variant);
    if (now == asked.end())
        throw std::runtime_error(row.variant + " was measured, and no case has such a variant");
    if (std::none_of(now->second.begin(), now->second.end(),
                     [&](Stance stance) { return judge::text_of(stance) == row.expected; }))
        throw std::runtime_error(fmt::format(
            "{} was measured under {} as '{}', and is '{}' now: remove that line and measure again",
            row.variant, row.place.lane.detector, row.expected,
            judge::text_of(*now->second.begin())));
}

/// Of how many variants that must be flagged or must stay silent there is no measurement.
int unmeasured(const Sum& sum, const Asked& asked) {
    return static_cast<int>(std::count_if(asked.begin(), asked.end(), [&](const auto& one) {
        const bool is_held_to_it =
            one.second.contains(Stance::must_flag) || one.second.contains(Stance::must_stay_silent);
        return is_held_to_it && !sum.variants.contains(one.first);
    }));
}

}  // namespace

std::string rates_of(const std::vector<judge::Result>& results) {
    std::vector<std::string> lines;
    lines.reserve(results.size());
    for (const auto& result : results) {
        const auto lane = lane_of(result);
        lines.push_back(fmt::format(
            "{},{},{},{},{},{},{},{}\n", result.name, lane.detector, lane.build,
            result.identity.cpus_allowed, judge::text_of(result.expectation.stance),
            result.cells.trials(), result.cells.flagged().hits, result.cells.wrong().hits));
    }
    std::sort(lines.begin(), lines.end());
    std::string text = titles;
    text += '\n';
    for (const auto& line : lines) text += line;
    return text;
}

std::string table_of_rates(std::string_view rates, const std::vector<CaseInfo>& cases) {
    const auto rows = rows_of(rates);
    std::map<Place, Sum> sums;
    std::map<Place, Asked> asked;
    std::string short_of;
    for (const auto& row : rows) {
        if (!asked.contains(row.place)) asked[row.place] = asked_at(row.place, cases);
        must_be_asked(row, asked[row.place]);
        auto& sum = sums[row.place];
        if (!sum.variants.insert(row.variant).second)
            throw std::runtime_error(fmt::format("{} stands twice among the rates of {}",
                                                 row.variant, text_of(row.place)));
        sum.trials = std::max(sum.trials, row.trials);
        if (row.expected == "must flag") {
            ++sum.must_flag;
            if (is_flagged_enough(row)) ++sum.flagged_enough;
            if (sum.least == nullptr || share_of(row) < share_of(*sum.least)) sum.least = &row;
        } else if (row.expected == "must stay silent") {
            ++sum.must_be_silent;
            if (row.trials > 0 && row.flagged == 0) ++sum.silent;
        } else {
            continue;
        }
        const bool keeps_it = row.expected == "must flag" ? is_flagged_enough(row)
                                                          : row.trials > 0 && row.flagged == 0;
        if (!keeps_it)
            short_of += fmt::format("| {} | {} | {} | {} of {} |\n", row.variant,
                                    text_of(row.place), row.expected, row.flagged, row.trials);
    }
    std::string text =
        "## How often it was so\n\nMeasured by `scripts/rates`; each variant's figures are in "
        "[rates.csv](rates.csv).\n\n"
        "| detector | CPUs | trials | must be flagged | were, in all trials but one in 300 | least "
        "| must stay silent | did | not measured |\n|---|--:|--:|--:|--:|---|--:|--:|--:|\n";
    for (const auto& [place, sum] : sums)
        text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", text_of(place),
                            sum.trials, sum.must_flag, sum.flagged_enough,
                            sum.least == nullptr
                                ? "-"
                                : fmt::format("{} of {}", sum.least->flagged, sum.least->trials),
                            sum.must_be_silent, sum.silent, unmeasured(sum, asked[place]));
    if (!short_of.empty())
        text +=
            "\nShort of that, or not measured because the run was ended:\n\n| variant | detector "
            "| CPUs | it | flagged |\n|---|---|--:|---|--:|\n" +
            short_of;
    return text;
}

}  // namespace racepair::report
