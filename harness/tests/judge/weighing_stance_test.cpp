// Rule 5: blind and false alarm are expectations like any other, and fail when they stop being
// true.

#include <gtest/gtest.h>

#include "scene.hpp"

namespace racepair::judge {
namespace {

/// Blind, with 1000 trials of which so many show the defect.
Scene blind_under_plain(long long shown, double at_most) {
    auto scene = racy_under_plain();
    scene.expectation = {Stance::blind, "the loop is folded", at_most, false};
    scene.told = scene.run().told = scene.run().trials = 1000;
    scene.run().outcomes = {{"20", false, 1000 - shown}};
    if (shown > 0) scene.run().outcomes.push_back({"17", false, shown});
    return scene;
}

Scene blind_under_tsan(long long shown, double at_most) {
    auto scene = racy_under_tsan();
    scene.expectation = {Stance::blind, "out of order", at_most, false};
    scene.told = scene.run().told = scene.run().trials = 1000;
    // The outcomes are wrong all the time: here it is the reports that count.
    scene.run().outcomes = {{"17", false, 1000 - shown}};
    if (shown > 0) scene.run().outcomes.push_back({"17", true, shown});
    if (shown == 0) scene.run().reports.clear();
    return scene;
}

TEST(Stance, BlindIsAsExpectedWhileNothingShows) {
    EXPECT_EQ(blind_under_plain(0, 0).conclusion(), "MISSED as expected");
    EXPECT_EQ(blind_under_plain(0, 0.1).conclusion(), "MISSED as expected");
}

TEST(Stance, BlindWithoutABoundFailsWithTheFirstCatch) {
    EXPECT_EQ(blind_under_plain(1, 0).conclusion(), "CAUGHT, not as expected");
    EXPECT_EQ(blind_under_tsan(1, 0).conclusion(), "CAUGHT, not as expected");
}

TEST(Stance, BlindFailsOnlyBeyondItsBoundWithConfidence) {
    // Of 1000 trials, the 95 % interval of 100 reaches from 8.3 % to 12.0 %, that of 120 from 10.1
    // % on.
    EXPECT_EQ(blind_under_plain(50, 0.1).conclusion(), "CAUGHT as expected");
    EXPECT_EQ(blind_under_plain(100, 0.1).conclusion(), "CAUGHT as expected");
    EXPECT_EQ(blind_under_plain(118, 0.1).conclusion(), "CAUGHT as expected");
    EXPECT_EQ(blind_under_plain(120, 0.1).conclusion(), "CAUGHT, not as expected");
    EXPECT_EQ(blind_under_plain(1000, 0.1).conclusion(), "CAUGHT, not as expected");
    EXPECT_EQ(blind_under_plain(1000, 1).conclusion(), "CAUGHT as expected");
}

TEST(Stance, TheBoundIsAboutReportsWhereReportsAreWhatCatches) {
    EXPECT_EQ(blind_under_tsan(50, 0.1).conclusion(), "CAUGHT as expected");
    EXPECT_EQ(blind_under_tsan(200, 0.1).conclusion(), "CAUGHT, not as expected");
}

TEST(Stance, AReportOutsideOfAnyTrialIsACatchToo) {
    // With no trial flagged, the interval begins at 0, give or take the last bit.
    for (long long trials = 1; trials <= 1000; ++trials) {
        auto scene = blind_under_tsan(0, 0);
        scene.run().reports = {report_of("counters.sample.racy", scene.info.file)};
        scene.run().outcomes = {{"17", false, trials}};
        scene.told = scene.run().told = scene.run().trials = trials;
        EXPECT_EQ(scene.conclusion(), "CAUGHT, not as expected") << trials;
    }
}

TEST(Stance, ADetectorOfReportsMayBeBlindToAWrongOutcome) {
    EXPECT_EQ(blind_under_tsan(0, 0).conclusion(), "WRONG_OUTCOME as expected");
    auto scene = blind_under_tsan(0, 0);
    scene.run().outcomes = {{"20", false, 1000}};
    EXPECT_EQ(scene.conclusion(), "MISSED as expected");
}

TEST(Stance, BlindDoesNotCoverAnotherRace) {
    auto scene = blind_under_tsan(10, 1);
    scene.run().reports = {report_of("counters.sample.racy", "/somewhere/else.cpp")};
    EXPECT_EQ(scene.conclusion(), "WRONG_RACE, not as expected");
}

TEST(Stance, BlindDoesNotCoverARepair) {
    for (auto scene : {fixed_under_plain(), fixed_under_tsan()}) {
        scene.expectation = {Stance::blind, "nonsense", 1, false};
        EXPECT_EQ(scene.conclusion(), "CLEAN, not as expected");
    }
}

TEST(Stance, AWrongOutcomeIsNeverAsExpectedOfAnOutcomeDetector) {
    auto scene = fixed_under_plain();
    scene.run().outcomes = {{"17", false, 10}};
    for (const auto stance :
         {Stance::must_stay_silent, Stance::must_flag, Stance::false_alarm, Stance::blind}) {
        scene.expectation = {stance, "", 1, false};
        EXPECT_EQ(scene.conclusion(), "WRONG_OUTCOME, not as expected") << text_of(stance);
    }
}

TEST(Stance, WrongAnywayAsksForTheWrongOutcome) {
    auto scene = race_condition_under_tsan();
    EXPECT_EQ(scene.conclusion(), "WRONG_OUTCOME as expected");
    scene.run().outcomes = {{"20", false, 10}};
    scene.expectation.at_most = 1;
    EXPECT_EQ(scene.conclusion(), "MISSED, not as expected");
}

Scene false_alarm_under_tsan() {
    auto scene = fixed_under_tsan();
    scene.expectation = {Stance::false_alarm, "fences are not modelled", 0, false};
    scene.run().reports = {report_of("counters.sample.fixed", scene.info.file)};
    scene.run().outcomes = {{"20", true, 10}};
    return scene;
}

TEST(Stance, AKnownFalseAlarmIsExpectedToBeRaised) {
    EXPECT_EQ(false_alarm_under_tsan().conclusion(), "FALSE_ALARM as expected");
}

TEST(Stance, AFalseAlarmThatIsNotRaisedAnyMoreFails) {
    auto scene = false_alarm_under_tsan();
    scene.run().reports.clear();
    scene.run().outcomes = {{"20", false, 10}};
    EXPECT_EQ(scene.conclusion(), "CLEAN, not as expected");
}

TEST(Stance, AFalseAlarmDoesNotCoverAWrongOutcome) {
    auto scene = false_alarm_under_tsan();
    scene.run().outcomes = {{"19", true, 1}, {"20", true, 9}};
    EXPECT_EQ(scene.conclusion(), "FALSE_ALARM, not as expected");
    ASSERT_EQ(scene.judge().details.size(), 1u);
    EXPECT_NE(scene.judge().details[0].find("the outcome is wrong as well, in 1/10"),
              std::string::npos);
}

TEST(Stance, AFalseAlarmAboutABrokenVariantIsAReportOfSomethingElse) {
    auto scene = race_condition_under_tsan();
    scene.expectation = {Stance::false_alarm, "fences are not modelled", 0, false};
    EXPECT_EQ(scene.conclusion(), "WRONG_OUTCOME, not as expected") << "not one report";
    scene.run().outcomes = {{"20", true, 10}};
    scene.run().reports = {report_of("counters.sample.racy", scene.info.file)};
    EXPECT_EQ(scene.conclusion(), "WRONG_RACE as expected");
}

TEST(Stance, AStanceIsAsExpectedForItsOwnVerdictOnly) {
    auto caught = racy_under_tsan();
    for (const auto stance : {Stance::must_stay_silent, Stance::false_alarm}) {
        caught.expectation = {stance, "", 1, false};
        EXPECT_EQ(caught.conclusion(), "CAUGHT, not as expected") << text_of(stance);
    }
    auto clean = fixed_under_tsan();
    for (const auto stance : {Stance::must_flag, Stance::false_alarm}) {
        clean.expectation = {stance, "", 1, false};
        EXPECT_EQ(clean.conclusion(), "CLEAN, not as expected") << text_of(stance);
    }
    auto missed = blind_under_plain(0, 1);
    for (const auto stance : {Stance::must_flag, Stance::must_stay_silent, Stance::false_alarm}) {
        missed.expectation = {stance, "", 1, false};
        EXPECT_EQ(missed.conclusion(), "MISSED, not as expected") << text_of(stance);
    }
}

}  // namespace
}  // namespace racepair::judge
