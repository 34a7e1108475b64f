// What trustworthy evidence amounts to: each verdict, and whether it is the expected one.

#include <gtest/gtest.h>

#include "scene.hpp"

namespace racepair::judge {
namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Weighing, CaughtIsTheRightKindInTheRightPlace) {
    const auto judgement = racy_under_tsan().judge();
    EXPECT_EQ(judgement.verdict, Verdict::caught);
    EXPECT_TRUE(has(judgement.seen, "flagged in 7/10")) << judgement.seen;
    EXPECT_TRUE(has(judgement.seen, "sample.cpp:14 in sample::Code::add()")) << judgement.seen;
}

TEST(Weighing, AReportElsewhereIsAnotherRace) {
    auto scene = racy_under_tsan();
    scene.run().reports = {report_of("counters.sample.racy", "/somewhere/else.cpp")};
    EXPECT_EQ(scene.conclusion(), "WRONG_RACE, not as expected");
    EXPECT_TRUE(has(scene.judge().seen, "else.cpp:14")) << scene.judge().seen;
}

TEST(Weighing, AnAccessWithinTheObjectIsInTheRightPlace) {
    auto scene = racy_under_tsan();
    scene.run().reports = {report_of("counters.sample.racy", "/somewhere/else.cpp")};
    scene.run().reports[0].accesses[0].in_object = true;
    EXPECT_EQ(scene.conclusion(), "CAUGHT as expected");
}

TEST(Weighing, AnotherKindOfReportIsAnotherRace) {
    for (const auto* kind : {"thread-leak", "data-race-vptr", "lock-order-inversion", ""}) {
        auto scene = racy_under_tsan();
        scene.run().reports[0].kind = kind;
        EXPECT_EQ(scene.conclusion(), "WRONG_RACE, not as expected") << kind;
        EXPECT_TRUE(has(scene.judge().seen, "expected kind (data-race)")) << scene.judge().seen;
    }
}

TEST(Weighing, TheRightKindAndTheRightPlaceHaveToBeOfOneReport) {
    auto scene = racy_under_tsan();
    scene.run().reports[0].kind = "thread-leak";
    scene.run().reports.push_back(report_of("counters.sample.racy", "/somewhere/else.cpp"));
    EXPECT_EQ(scene.conclusion(), "WRONG_RACE, not as expected");
    scene.run().reports.push_back(report_of("counters.sample.racy", scene.info.file));
    EXPECT_EQ(scene.conclusion(), "CAUGHT as expected");
}

TEST(Weighing, AReportOfARaceConditionIsNotOfAnExpectedKind) {
    auto scene = race_condition_under_tsan();
    scene.run().reports = {report_of("counters.sample.load_then_store", scene.info.file)};
    EXPECT_EQ(scene.conclusion(), "WRONG_RACE, not as expected");
}

TEST(Weighing, ARaceThatIsNotReportedIsMissed) {
    auto scene = racy_under_tsan();
    scene.run().reports.clear();
    scene.run().outcomes = {{"20", false, 10}};
    EXPECT_EQ(scene.conclusion(), "MISSED, not as expected");
    EXPECT_EQ(scene.judge().seen, "not one report; outcome wrong in 0/10 (below 30.0 %) trials");
}

TEST(Weighing, AWrongOutcomeDoesNotMakeUpForAMissingReport) {
    auto scene = racy_under_tsan();
    scene.run().reports.clear();
    scene.run().outcomes = {{"17", false, 6}, {"20", false, 4}};
    EXPECT_EQ(scene.conclusion(), "WRONG_OUTCOME, not as expected");
    EXPECT_TRUE(has(scene.judge().seen, "not one report")) << scene.judge().seen;
}

TEST(Weighing, AMiscountIsCaughtByOutcome) {
    const auto judgement = racy_under_plain().judge();
    EXPECT_EQ(judgement.verdict, Verdict::caught);
    EXPECT_TRUE(has(judgement.seen, "wrong outcome in 6/10")) << judgement.seen;
    EXPECT_TRUE(has(judgement.seen, "for example 17 instead of 20")) << judgement.seen;
}

TEST(Weighing, ATrialThatWasRightIsNoCatch) {
    auto scene = racy_under_plain();
    scene.run().outcomes = {{"20", false, 10}};
    EXPECT_EQ(scene.conclusion(), "MISSED, not as expected");
}

TEST(Weighing, EachOfTheExpectedOutcomesIsRight) {
    auto scene = racy_under_plain();
    scene.info.expected = {"20", "17"};
    EXPECT_EQ(scene.conclusion(), "MISSED, not as expected");
    scene = fixed_under_plain();
    scene.info.expected = {"19", "20"};
    EXPECT_EQ(scene.conclusion(), "CLEAN as expected");
}

TEST(Weighing, AnInterestingOutcomeIsTheDefectAndAnyOtherWrongOneIsForbidden) {
    auto reordered = racy_under_plain();
    reordered.info.interesting = {"17"};
    EXPECT_EQ(reordered.conclusion(), "CAUGHT as expected");
    reordered.run().outcomes.push_back({"3", false, 1});
    ++reordered.run().trials, ++reordered.run().told, ++reordered.told;
    EXPECT_EQ(reordered.conclusion(), "WRONG_OUTCOME, not as expected");
    EXPECT_NE(reordered.judge().seen.find("forbidden outcome 3"), std::string::npos);
}

TEST(Weighing, TrialsBeyondTheOnesAskedForAreTold) {
    auto scene = racy_under_plain();
    scene.run().because = "seen";
    EXPECT_TRUE(has(scene.judge().seen, "(asked for 10, went on until it showed)"));
    scene.run().because = "trials";
    EXPECT_FALSE(has(scene.judge().seen, "went on"));
}

TEST(Weighing, ARepairThatIsFlaggedIsAFalseAlarm) {
    for (const auto* file : {"/cases/sample.cpp", "/somewhere/else.cpp"}) {
        auto scene = fixed_under_tsan();
        scene.run().reports = {report_of("counters.sample.fixed", file)};
        EXPECT_EQ(scene.conclusion(), "FALSE_ALARM, not as expected") << file;
    }
    auto scene = fixed_under_tsan();
    scene.run().reports = {report_of("counters.sample.fixed", "/cases/sample.cpp")};
    scene.run().reports[0].kind = "thread-leak";
    EXPECT_EQ(scene.conclusion(), "FALSE_ALARM, not as expected");
}

TEST(Weighing, AReportBeforeAnyTrialIsNotSilence) {
    auto scene = fixed_under_tsan();
    scene.evidence.runs[""].reports = {report_of("", "/cases/other.cpp")};
    EXPECT_EQ(scene.conclusion(), "FALSE_ALARM, not as expected");
    EXPECT_TRUE(has(scene.judge().seen, "outside of the variant's trials")) << scene.judge().seen;
    scene.evidence.runs.erase("");
    scene.canary("racy").reports.push_back(report_of("racepair.canary.racy", "/cases/other.cpp"));
    EXPECT_EQ(scene.conclusion(), "FALSE_ALARM, not as expected");
}

TEST(Weighing, AReportBeforeAnyTrialIsNoCatch) {
    auto scene = racy_under_tsan();
    scene.run().outcomes = {{"20", false, 10}};
    scene.evidence.runs[""].reports = scene.run().reports;
    scene.run().reports.clear();
    EXPECT_EQ(scene.conclusion(), "MISSED, not as expected");
}

TEST(Weighing, FlaggedTrialsWithoutAReportContradictThemselves) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan()}) {
        scene.run().reports.clear();
        scene.run().outcomes = {{"20", true, 1}, {"20", false, 9}};
        EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
    }
}

TEST(Weighing, ARepairWithAWrongOutcomeIsWrongUnderEachDetector) {
    for (auto scene : {fixed_under_tsan(), fixed_under_plain()}) {
        scene.run().outcomes = {{"19", false, 1}, {"20", false, 9}};
        EXPECT_EQ(scene.conclusion(), "WRONG_OUTCOME, not as expected");
    }
}

TEST(Weighing, SilenceIsNoPassForWhatIsOnlyWrongInItsOutcome) {
    auto scene = race_condition_under_tsan();
    EXPECT_EQ(scene.conclusion(), "WRONG_OUTCOME as expected");
    scene.run().outcomes = {{"20", false, 10}};
    EXPECT_EQ(scene.conclusion(), "MISSED, not as expected");
}

TEST(Weighing, CellsCrossReportsAndOutcomes) {
    const auto scene = racy_under_tsan();
    const auto cells = cells_of(scene.evidence.runs.at("counters.sample.racy"), {"20"});
    EXPECT_EQ(cells.flagged_wrong, 4);
    EXPECT_EQ(cells.silent_wrong, 2);
    EXPECT_EQ(cells.flagged_right, 3);
    EXPECT_EQ(cells.silent_right, 1);
    EXPECT_EQ(cells.trials(), 10);
    EXPECT_EQ(cells.flagged().hits, 7);
    EXPECT_EQ(cells.wrong().hits, 6);
    EXPECT_EQ(cells.wrong().trials, 10);
}

}  // namespace
}  // namespace racepair::judge
