// Whether the variant's trials were run: entered, finished, as many as were asked for, and right
// when nobody interferes.

#include <gtest/gtest.h>

#include "scene.hpp"

namespace racepair::judge {
namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::vector<Scene> all_scenes() {
    return {racy_under_tsan(), fixed_under_tsan(), racy_under_plain(), fixed_under_plain(),
            race_condition_under_tsan()};
}

TEST(WeighingTheRun, NothingIsWrongWithTheScenesThemselves) {
    EXPECT_EQ(racy_under_tsan().conclusion(), "CAUGHT as expected");
    EXPECT_EQ(fixed_under_tsan().conclusion(), "CLEAN as expected");
    EXPECT_EQ(racy_under_plain().conclusion(), "CAUGHT as expected");
    EXPECT_EQ(fixed_under_plain().conclusion(), "CLEAN as expected");
    EXPECT_EQ(race_condition_under_tsan().conclusion(), "WRONG_OUTCOME as expected");
}

TEST(WeighingTheRun, AVariantThatWasNeverEnteredWasNotRun) {
    for (auto scene : all_scenes()) {
        scene.run().entered = false;
        EXPECT_EQ(scene.conclusion(), "NOT_RUN, not as expected");
        scene.evidence.runs.erase("counters.sample." + scene.variant.name);
        EXPECT_EQ(scene.conclusion(), "NOT_RUN, not as expected");
    }
}

TEST(WeighingTheRun, ADeathBeforeTheVariantIsACrash) {
    for (auto scene : all_scenes()) {
        scene.ends(Ended::signalled, 6);
        scene.run() = {};
        EXPECT_EQ(scene.conclusion(), "CRASHED, not as expected");
        EXPECT_TRUE(has(scene.judge().seen, "never entered")) << scene.judge().seen;
        scene.evidence.bye = true;  // said before the signal came
        EXPECT_EQ(scene.conclusion(), "CRASHED, not as expected");
    }
}

TEST(WeighingTheRun, ADeathDuringTheTrialsIsACrashWhateverWasSeen) {
    for (auto scene : all_scenes()) {
        scene.ends(Ended::signalled, 11);
        scene.run().finished = false;
        scene.run().trials = 4;
        EXPECT_EQ(scene.conclusion(), "CRASHED, not as expected");
        EXPECT_TRUE(has(scene.judge().seen, "after 4 of 10 trials")) << scene.judge().seen;
    }
}

TEST(WeighingTheRun, AnExitDuringTheTrialsIsACrashEvenIfOrderly) {
    for (auto scene : all_scenes()) {
        scene.run().finished = false;
        EXPECT_EQ(scene.conclusion(), "CRASHED, not as expected");
    }
}

TEST(WeighingTheRun, ADeathAfterTheTrialsIsACrash) {
    for (auto scene : all_scenes()) {
        auto spoilt = scene;
        spoilt.ends(Ended::signalled, 11);
        EXPECT_EQ(spoilt.conclusion(), "CRASHED, not as expected");
        EXPECT_TRUE(has(spoilt.judge().seen, "on its way out")) << spoilt.judge().seen;

        spoilt = scene;
        spoilt.ending.how = Ended::signalled;  // after the last record
        spoilt.ending.code = 6;
        EXPECT_EQ(spoilt.conclusion(), "CRASHED, not as expected");
    }
}

TEST(WeighingTheRun, AnExitWithoutAGoodbyeIsNotOrderly) {
    for (auto scene : all_scenes()) {
        scene.evidence.bye = false;
        EXPECT_EQ(scene.conclusion(), "CRASHED, not as expected");
    }
}

TEST(WeighingTheRun, AnExitStatusIsNeverIgnored) {
    for (auto scene : all_scenes())
        for (const int status : {1, 66, 255}) {
            scene.ending.code = status;
            EXPECT_EQ(scene.conclusion(), "CRASHED, not as expected") << status;
            EXPECT_TRUE(has(scene.judge().seen, "exited with status " + std::to_string(status)));
        }
}

TEST(WeighingTheRun, ARecordCutShortAfterAnOrderlyEndIsAToolError) {
    for (auto scene : all_scenes()) {
        scene.evidence.cut_short = true;
        EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
    }
}

TEST(WeighingTheRun, FewerTrialsThanAskedForAreNotARun) {
    for (auto scene : all_scenes()) {
        scene.run().trials = 9;
        EXPECT_EQ(scene.conclusion(), "NOT_RUN, not as expected");
        EXPECT_EQ(scene.judge().seen, "9 of 10 trials were run");
    }
}

TEST(WeighingTheRun, MoreTrialsThanAskedForAreARun) {
    auto scene = fixed_under_tsan();
    scene.run().trials = 11;
    EXPECT_EQ(scene.conclusion(), "CLEAN as expected");
}

TEST(WeighingTheRun, WhatTheSubjectWasToldIsWhatTheJudgeAskedFor) {
    for (auto scene : all_scenes())
        for (const long long told : {5, 1000}) {
            auto spoilt = scene;
            spoilt.told = told;
            EXPECT_EQ(spoilt.conclusion(), "NOT_RUN, not as expected") << told;
        }
}

TEST(WeighingTheRun, ARunByTimeNeedsOneTrialAtLeast) {
    auto scene = fixed_under_plain();
    scene.told = scene.run().told = 0;
    EXPECT_EQ(scene.conclusion(), "CLEAN as expected");
    scene.run().trials = 0;
    scene.run().outcomes.clear();
    EXPECT_EQ(scene.conclusion(), "NOT_RUN, not as expected");
}

TEST(WeighingTheRun, ASuppressedReportAboutTheCaseIsAToolError) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan(), race_condition_under_tsan()})
        for (const auto& of : {"counters.sample." + scene.variant.name, std::string()}) {
            auto spoilt = scene;
            spoilt.evidence.runs[of].suppressed = {report_of(of, scene.info.file)};
            EXPECT_EQ(spoilt.conclusion(), "TOOL_ERROR, not as expected");
            EXPECT_TRUE(has(spoilt.judge().seen, "a suppression hides a report about the case"));
            EXPECT_EQ(spoilt.judge().details.size(), 1u);
        }
}

TEST(WeighingTheRun, ASuppressedReportAboutOtherCodeChangesNothing) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan(), race_condition_under_tsan()}) {
        const auto before = scene.conclusion();
        scene.run().suppressed = {report_of("counters.sample.any", "/some/library.cpp")};
        EXPECT_EQ(scene.conclusion(), before);
    }
}

TEST(WeighingTheRun, WrongWithOneThreadIsWrongWithoutAnyRace) {
    for (auto scene : all_scenes()) {
        scene.run().alone = "9";
        EXPECT_EQ(scene.conclusion(), "WRONG_OUTCOME, not as expected");
        EXPECT_TRUE(has(scene.judge().seen, "with a single thread the outcome is 9, expected 10"));
    }
}

TEST(WeighingTheRun, TheControlIsLeftOutWhereItMakesNoSense) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan(), fixed_under_plain(),
                       race_condition_under_tsan()}) {
        const auto before = scene.conclusion();
        scene.run().alone.reset();
        scene.run().alone_expected.clear();
        EXPECT_EQ(scene.conclusion(), before);
    }
}

TEST(WeighingTheRun, AWrongOutcomeWithoutAControlProvesNoRace) {
    auto scene = racy_under_plain();
    scene.run().alone.reset();
    EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
    EXPECT_TRUE(has(scene.judge().seen, "state a control")) << scene.judge().seen;
    scene.run().outcomes = {{"20", false, 10}};
    EXPECT_EQ(scene.conclusion(), "MISSED, not as expected");
}

TEST(WeighingTheRun, AnyOfTheExpectedOutcomesIsRightWithOneThread) {
    auto scene = fixed_under_tsan();
    scene.run().alone_expected = {"9", "10"};
    EXPECT_EQ(scene.conclusion(), "CLEAN as expected");
}

}  // namespace
}  // namespace racepair::judge
