// The rules of evidence for schedules: CLEAN needs all of them, and nothing else is as good.

#include <gtest/gtest.h>

#include "scene.hpp"

namespace racepair::judge {
namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Stops before all schedules were run.
void stop_short(Scene& scene, const std::string& because) {
    scene.run().explored->exhausted = false;
    scene.run().explored->because = because;
}

TEST(Explored, ARaceInTheCaseIsCaught) {
    auto scene = racy_under_explore();
    EXPECT_EQ(scene.conclusion(), "CAUGHT as expected");
    EXPECT_TRUE(has(scene.judge().seen, "flagged in 7 of 10 schedules")) << scene.judge().seen;
    stop_short(scene, "seen");
    EXPECT_EQ(scene.conclusion(), "CAUGHT as expected") << "one schedule is enough";
}

TEST(Explored, ADataRaceNeedsItsReport) {
    auto scene = racy_under_explore();
    scene.run().outcomes = {{"17", false, 10}};
    scene.run().reports.clear();
    EXPECT_EQ(scene.conclusion(), "WRONG_OUTCOME, not as expected");
    scene = racy_under_explore();
    scene.run().reports[0].kind = "deadlock";
    EXPECT_EQ(scene.conclusion(), "WRONG_RACE, not as expected");
    scene = racy_under_explore();
    scene.run().reports[0].accesses[0].stack[0].file = "/elsewhere.cpp";
    EXPECT_EQ(scene.conclusion(), "WRONG_RACE, not as expected");
}

TEST(Explored, ARaceConditionIsCaughtByItsOutcome) {
    EXPECT_EQ(race_condition_under_explore().conclusion(), "CAUGHT as expected");
}

TEST(Explored, ARaceConditionIsCaughtByWhatItLeadsTo) {
    for (const char* kind :
         {"deadlock", "lost-wakeup", "livelock", "abort", "heap-use-after-free"}) {
        auto scene = race_condition_under_explore();
        scene.run().outcomes = {{"20", true, 1}, {"20", false, 9}};
        scene.run().reports = {report_of("counters.sample.load_then_store", scene.info.file)};
        scene.run().reports[0].kind = kind;
        EXPECT_EQ(scene.conclusion(), "CAUGHT as expected") << kind;
    }
    auto scene = race_condition_under_explore();
    scene.run().outcomes = {{"20", true, 10}};
    scene.run().reports = {report_of("counters.sample.load_then_store", scene.info.file)};
    EXPECT_EQ(scene.conclusion(), "WRONG_RACE, not as expected") << "a data race is something else";
}

TEST(Explored, SilenceInAPartIsMissed) {
    auto scene = race_condition_under_explore();
    scene.run().outcomes = {{"20", false, 10}};
    EXPECT_EQ(scene.conclusion(), "MISSED, not as expected");
    stop_short(scene, "time");
    EXPECT_EQ(scene.conclusion(), "MISSED, not as expected");
    EXPECT_TRUE(has(scene.judge().seen, "10 schedules explored, not all: time was up"));
    scene.run().outcomes.clear();
    EXPECT_EQ(scene.conclusion(), "NOT_RUN, not as expected") << "none of them came to its end";
}

TEST(Explored, ARepairIsCleanInAllItsSchedules) {
    EXPECT_EQ(fixed_under_explore().conclusion(), "CLEAN as expected");
}

TEST(Explored, APartOfTheSchedulesProvesNothing) {
    for (const char* because : {"time", "executions", "unstable"}) {
        auto scene = fixed_under_explore();
        stop_short(scene, because);
        EXPECT_EQ(scene.conclusion(), "NOT_RUN, not as expected") << because;
        EXPECT_TRUE(has(scene.judge().seen, "10 schedules explored, not all: "));
    }
    auto scene = fixed_under_explore();
    stop_short(scene, "all");
    scene.run().explored->limit = "a schedule took more steps than the limit";
    EXPECT_EQ(scene.conclusion(), "NOT_RUN, not as expected");
    EXPECT_TRUE(has(scene.judge().seen, "more steps than the limit; make the scope smaller"));
}

TEST(Explored, WhatIsWrongInAPartIsWrong) {
    auto scene = fixed_under_explore();
    stop_short(scene, "time");
    scene.run().outcomes = {{"17", false, 1}, {"20", false, 9}};
    EXPECT_EQ(scene.conclusion(), "WRONG_OUTCOME, not as expected");
    scene.run().reports = {report_of("counters.sample.fixed", scene.info.file)};
    EXPECT_EQ(scene.conclusion(), "FALSE_ALARM, not as expected");
}

TEST(Explored, BeyondTheExplorerIsAnExpectationThatIsChecked) {
    auto scene = fixed_under_explore();
    scene.expectation = {Stance::blind, "it has no longest schedule", 0, false};
    EXPECT_EQ(scene.conclusion(), "CLEAN, not as expected") << "no longer true";
    stop_short(scene, "all");
    EXPECT_EQ(scene.conclusion(), "NOT_RUN as expected");
    scene.run().outcomes = {{"17", false, 10}};
    EXPECT_EQ(scene.conclusion(), "WRONG_OUTCOME, not as expected") << "blind is no excuse";
    scene = racy_under_explore();
    scene.expectation = {Stance::blind, "too far apart", 0, false};
    EXPECT_EQ(scene.conclusion(), "CAUGHT, not as expected") << "not blind";
}

TEST(Explored, WhoDoesNotSayWhatWasCoveredIsNotBelieved) {
    auto scene = fixed_under_explore();
    scene.run().explored.reset();
    EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
}

TEST(Explored, TheCanaryIsExploredToItsEnd) {
    auto scene = fixed_under_explore();
    scene.canary("fixed").explored->exhausted = false;
    EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
    scene.canary("fixed").explored.reset();
    EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
    scene = fixed_under_explore();
    scene.canary("racy").reports.clear();
    EXPECT_EQ(scene.conclusion(), "NOT_INSTRUMENTED, not as expected");
}

TEST(Explored, NoOtherRuntimeWillDo) {
    for (const char* runtime : {"", "tsan"}) {
        auto scene = fixed_under_explore();
        scene.evidence.identity->runtime = runtime;
        EXPECT_EQ(scene.conclusion(), "NOT_INSTRUMENTED, not as expected") << runtime;
    }
    auto scene = fixed_under_tsan();
    scene.evidence.identity->runtime = "explorer";
    EXPECT_EQ(scene.conclusion(), "NOT_INSTRUMENTED, not as expected") << "nor the other way round";
}

TEST(Explored, ExceptionsOfOtherDetectorsDoNotApply) {
    auto scene = racy_under_explore();
    scene.info.exceptions = {{"blind", "plain", "always", "folded", 0.9},
                             {"blind", "tsan", "always", "too far apart", 0}};
    EXPECT_EQ(
        expectation_for(scene.info, scene.variant, explore_detector(), *scene.evidence.identity)
            .stance,
        Stance::must_flag);
    scene.variant.defect = "race_condition";
    EXPECT_EQ(
        expectation_for(scene.info, scene.variant, explore_detector(), *scene.evidence.identity)
            .stance,
        Stance::must_flag)
        << "it sees wrong outcomes too";
}

TEST(Explored, OnlyTheExplorerCanBeBlindToARepair) {
    auto scene = fixed_under_explore();
    scene.variant.exceptions = {{"blind", "explore", "always", "no longest schedule", 0}};
    EXPECT_EQ(
        expectation_for(scene.info, scene.variant, explore_detector(), *scene.evidence.identity)
            .stance,
        Stance::blind);
    scene.variant.exceptions[0].detector = "tsan";
    EXPECT_THROW(
        expectation_for(scene.info, scene.variant, tsan_detector(), *scene.evidence.identity),
        std::runtime_error);
}

}  // namespace
}  // namespace racepair::judge
