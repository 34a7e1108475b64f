#include "report/comparison.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/alert.hpp"
#include "sample_results.hpp"

namespace racepair::report {
namespace {

using namespace judge;

/// The fixed variant, flagged for a race between these two functions.
Result false_alarm(const std::string& a, const std::string& b) {
    auto result = fixed_under_tsan();
    result.verdict = Verdict::false_alarm;
    result.as_expected = false;
    result.reports = {racy_under_tsan().reports[0]};
    result.reports[0].accesses[0].stack[1].function = a;
    result.reports[0].accesses[1].stack[1].function = b;
    return result;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Alerts, AreRacesThatNobodyExpected) {
    EXPECT_TRUE(alerts_of(sample_results()).empty()) << "a racy variant is meant to race";
    const std::vector<Result> results = {racy_under_tsan(), false_alarm("f", "g"),
                                         false_alarm("g", "f")};
    const auto alerts = alerts_of(results);
    ASSERT_EQ(alerts.size(), 1u) << "the same race";
    EXPECT_EQ(alerts[0].rule, "data-race");
    EXPECT_EQ(alerts[0].result, &results[1]);
    EXPECT_EQ(alerts[0].place().line, 14);
    EXPECT_EQ(alerts[0].seen_in, std::vector<std::string>{"counters.sample.fixed, tsan clang 14"});
}

TEST(Alerts, AreVerdictsThatNoRaceExplains) {
    auto crashed = false_alarm("f", "g");
    crashed.verdict = Verdict::crashed;
    const std::vector<Result> results = {missed_under_tsan(), crashed};
    const auto alerts = alerts_of(results);
    ASSERT_EQ(alerts.size(), 3u);
    EXPECT_EQ(alerts[0].rule, "MISSED");
    EXPECT_EQ(alerts[0].place().line, 40);
    EXPECT_EQ(alerts[1].rule, "data-race") << "what was reported before it crashed";
    EXPECT_EQ(alerts[2].rule, "CRASHED");
}

TEST(PathBelow, IsRelativeBelowTheFolderAlone) {
    EXPECT_EQ(path_below("/a/b", "/a/b/c/d.cpp"), "c/d.cpp");
    EXPECT_EQ(path_below("/a/b", "/a/bc/d.cpp"), "/a/bc/d.cpp");
    EXPECT_EQ(path_below("/a/b", "/a/b/../d.cpp"), "/a/b/../d.cpp");
    EXPECT_EQ(path_below("/a/b", "c.cpp"), "c.cpp");
}

TEST(Comparison, FindsNewKnownAndGoneRaces) {
    const auto comparison = compare({false_alarm("f", "g"), false_alarm("f", "old")},
                                    {false_alarm("g", "f"), false_alarm("f", "fresh")});
    ASSERT_EQ(comparison.new_races.size(), 1u);
    EXPECT_TRUE(has(comparison.new_races[0].signature, "fresh"));
    ASSERT_EQ(comparison.known_races.size(), 1u);
    EXPECT_EQ(comparison.known_races[0].signature, "data-race: sample.cpp f with sample.cpp g");
    ASSERT_EQ(comparison.gone_races.size(), 1u);
    EXPECT_TRUE(has(comparison.gone_races[0].signature, "old"));
    EXPECT_TRUE(comparison.gone_races[0].was_looked_for);
    EXPECT_TRUE(comparison.verdicts.empty());
    EXPECT_TRUE(is_worse(comparison));
}

TEST(Comparison, IsNotWorseForWhatIsKnownOrGone) {
    const auto alarm = false_alarm("f", "g");
    EXPECT_FALSE(is_worse(compare({alarm}, {alarm})));
    const auto cured = compare({alarm}, {fixed_under_tsan()});
    EXPECT_FALSE(is_worse(cured));
    EXPECT_EQ(cured.gone_races.size(), 1u);
    ASSERT_EQ(cured.verdicts.size(), 1u);
    EXPECT_EQ(cured.verdicts[0].before, "FALSE_ALARM (not as expected)");
    EXPECT_EQ(cured.verdicts[0].after, "CLEAN");
}

TEST(Comparison, DoesNotCallGoneWhatWasNotLookedFor) {
    const auto comparison = compare({false_alarm("f", "g")}, {racy_under_tsan()});
    ASSERT_EQ(comparison.gone_races.size(), 1u);
    EXPECT_FALSE(comparison.gone_races[0].was_looked_for);
    EXPECT_TRUE(has(text_of(comparison, Style{}), "(not looked for)"));
}

TEST(Comparison, IsWorseForAVerdictThatWasRight) {
    EXPECT_TRUE(is_worse(compare({racy_under_tsan()}, {missed_under_tsan()})));
    EXPECT_FALSE(is_worse(compare({missed_under_tsan()}, {racy_under_tsan()})));
    EXPECT_FALSE(is_worse(compare({missed_under_tsan()}, {missed_under_tsan()})));
    EXPECT_TRUE(is_worse(compare({}, {missed_under_tsan()}))) << "new, and not as expected";
    EXPECT_FALSE(is_worse(compare({}, {racy_under_tsan()})));
}

TEST(Comparison, IsWorseForAVariantThatIsNotJudgedAnyMore) {
    const auto comparison = compare(sample_results(), {racy_under_tsan()});
    EXPECT_TRUE(is_worse(comparison));
    EXPECT_TRUE(
        has(text_of(comparison, Style{}), "worse counters.sample.fixed, plain: CLEAN → not judged"))
        << text_of(comparison, Style{});
}

TEST(Comparison, TellsBuildsApartWhereThereAreSeveral) {
    auto gcc = racy_under_tsan();
    gcc.identity.compiler = "gcc";
    EXPECT_TRUE(compare({racy_under_tsan()}, {gcc}).verdicts.empty()) << "one each: the same lane";
    auto missed = missed_under_tsan();
    missed.identity.compiler = "gcc";
    const auto comparison = compare({racy_under_tsan(), gcc}, {racy_under_tsan(), missed});
    ASSERT_EQ(comparison.verdicts.size(), 1u);
    EXPECT_EQ(comparison.verdicts[0].name, "counters.sample.racy, tsan gcc 14");
}

TEST(Comparison, IsReadByMachines) {
    const auto document = nlohmann::json::parse(json_of(compare({}, {false_alarm("f", "g\xFF")})));
    EXPECT_EQ(document.at("racepair_diff"), 1);
    EXPECT_EQ(document.at("is_worse"), true);
    EXPECT_EQ(document.at("new_races").at(0).at("seen_in").size(), 1u);
    EXPECT_EQ(document.at("new_races")[0].at("fingerprint").get<std::string>().size(), 16u);
}

TEST(Comparison, NeverKnowsARaceWithoutAPlace) {
    auto nowhere = false_alarm("f", "g");
    for (auto& access : nowhere.reports[0].accesses) access.stack.clear();
    EXPECT_EQ(compare({nowhere}, {nowhere}).new_races.size(), 1u);
    EXPECT_FALSE(is_known(nowhere, races_of({nowhere})));
}

TEST(KnownRace, ForgivesAFalseAlarmOfKnownRacesAlone) {
    const auto alarm = false_alarm("f", "g");
    const auto known = races_of({alarm});
    EXPECT_TRUE(is_known(false_alarm("g", "f"), known));
    EXPECT_FALSE(is_known(false_alarm("f", "other"), known));
    auto both = alarm;
    both.reports.push_back(false_alarm("f", "other").reports[0]);
    EXPECT_FALSE(is_known(both, known));
    auto wrong = alarm;
    wrong.cells.silent_wrong = 1;
    EXPECT_FALSE(is_known(wrong, known)) << "its outcome is wrong, too";
    auto crashed = alarm;
    crashed.verdict = Verdict::crashed;
    EXPECT_FALSE(is_known(crashed, known));
    auto outside = alarm;
    outside.reports.clear();
    EXPECT_FALSE(is_known(outside, known)) << "reported outside of its trials";
}

}  // namespace
}  // namespace racepair::report
