// Whether there is evidence to weigh at all: rules 1 and 9.

#include <gtest/gtest.h>

#include "scene.hpp"

namespace racepair::judge {
namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(WeighingTheProcess, AHangIsHungWhateverWasSeenBefore) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan(), racy_under_plain()}) {
        scene.ends(Ended::hung, 0);
        scene.ending.wall = std::chrono::milliseconds(60'000);
        EXPECT_EQ(scene.conclusion(), "HUNG, not as expected");
        EXPECT_EQ(scene.judge().seen, "the subject was still running after 60000 ms");
    }
}

TEST(WeighingTheProcess, AHangSaysHowFarItCame) {
    auto scene = fixed_under_tsan();
    scene.ends(Ended::hung, 0);
    scene.run().outcomes = {{"20", false, 189}};
    ASSERT_EQ(scene.judge().details.size(), 1u);
    EXPECT_TRUE(has(scene.judge().details[0], "189 trials had come to an end before"))
        << scene.judge().details[0];
    scene.run().outcomes.clear();
    EXPECT_TRUE(scene.judge().details.empty()) << "nothing says that it is only slow";
}

TEST(WeighingTheProcess, AHangThatIsExpectedToBeBlindIsStillNotAsExpected) {
    auto scene = race_condition_under_tsan();
    scene.ends(Ended::hung, 0);
    EXPECT_EQ(scene.conclusion(), "HUNG, not as expected");
}

TEST(WeighingTheProcess, WhatCouldNotBeStartedIsAToolError) {
    auto scene = racy_under_tsan();
    scene.ends(Ended::not_started, 0);
    scene.ending.detail = "no such file";
    EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
    EXPECT_EQ(scene.judge().seen, "no such file");
}

TEST(WeighingTheProcess, TooMuchMemoryIsACrash) {
    auto scene = racy_under_tsan();
    scene.ends(Ended::over_memory, 0);
    scene.ending.detail = "9 GiB of 8 GiB";
    EXPECT_EQ(scene.conclusion(), "CRASHED, not as expected");
    EXPECT_TRUE(has(scene.judge().seen, "9 GiB of 8 GiB"));
}

TEST(WeighingTheProcess, TooMuchEvidenceIsAToolError) {
    auto scene = racy_under_tsan();
    scene.ends(Ended::flooded_evidence, 0);
    EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
}

TEST(WeighingTheProcess, OneFaultSpoilsAllOfTheEvidence) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan(), fixed_under_plain()}) {
        scene.evidence.faults = {"line 7: nonsense", "line 9: more"};
        EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
        EXPECT_EQ(scene.judge().seen, "the evidence cannot be read: line 7: nonsense");
        EXPECT_EQ(scene.judge().details, scene.evidence.faults);
    }
}

TEST(WeighingTheProcess, ASubjectThatReportsTroubleIsAToolError) {
    auto scene = racy_under_tsan();
    scene.evidence.troubles = {"a line did not fit"};
    EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
    EXPECT_EQ(scene.judge().seen, "the subject reports: a line did not fit");
}

TEST(WeighingTheProcess, AProblemOfThePreparationIsAToolErrorThatNamesIt) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan()}) {
        scene.problems = {"the runtime does not know 'report_bug'"};
        EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
        EXPECT_EQ(scene.judge().seen, scene.problems.front());
    }
}

Scene without_evidence(Ended how, int code) {
    auto scene = racy_under_tsan();
    scene.evidence = {};
    scene.ending = {};
    scene.ending.how = how;
    scene.ending.code = code;
    return scene;
}

TEST(WeighingTheProcess, AProgramThatLeavesNothingIsNoSubject) {
    const auto scene = without_evidence(Ended::exited, 0);
    EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
    EXPECT_TRUE(has(scene.judge().seen, "it is no racepair subject")) << scene.judge().seen;
}

TEST(WeighingTheProcess, ASignalBeforeAnyEvidenceIsACrash) {
    const auto scene = without_evidence(Ended::signalled, 11);
    EXPECT_EQ(scene.conclusion(), "CRASHED, not as expected");
    EXPECT_TRUE(has(scene.judge().seen, "signal 11")) << scene.judge().seen;
}

TEST(WeighingTheProcess, TooMuchMemoryBeforeAnyEvidenceIsACrash) {
    EXPECT_EQ(without_evidence(Ended::over_memory, 0).conclusion(), "CRASHED, not as expected");
}

TEST(WeighingTheProcess, TheExitCodeOfAReportIsNoVerdict) {
    EXPECT_EQ(without_evidence(Ended::exited, 66).conclusion(), "TOOL_ERROR, not as expected");
}

TEST(WeighingTheProcess, TheLogNamesTheCauseOfAFailedStart) {
    struct Known {
        std::string printed;
        std::string cure;
    };
    const std::vector<Known> all = {
        {"FATAL: ThreadSanitizer: unexpected memory mapping 0x1-0x2", "vm.mmap_rnd_bits=28"},
        {"ThreadSanitizer: failed to read suppressions file '/gone'", "suppressions file"},
        {"ThreadSanitizer: failed to parse suppressions", "cannot be parsed"},
        {"ERROR: Invalid value for bool option: 'maybe'", "refused a value"},
        {"ERROR: Unknown value", "refused a value"},
    };
    for (const auto& [printed, cure] : all) {
        auto scene = without_evidence(Ended::exited, 66);
        scene.log = "before\n" + printed + "\nafter\n";
        EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected") << printed;
        ASSERT_EQ(scene.judge().details.size(), 1u) << printed;
        EXPECT_TRUE(has(scene.judge().details.front(), cure)) << scene.judge().details.front();
    }
}

TEST(WeighingTheProcess, TheLogNeverMakesAVerdict) {
    auto scene = fixed_under_tsan();
    scene.log = "WARNING: ThreadSanitizer: data race\nFATAL: unexpected memory mapping\n";
    EXPECT_EQ(scene.conclusion(), "CLEAN as expected");
    scene = racy_under_tsan();
    scene.run().reports.clear();
    scene.run().outcomes = {{"20", false, 10}};
    scene.log = "WARNING: ThreadSanitizer: data race\n  Write of size 4 at /cases/sample.cpp:14\n";
    EXPECT_EQ(scene.conclusion(), "MISSED, not as expected");
}

TEST(WeighingTheProcess, RandomisationThatCouldNotBeTurnedOffIsTold) {
    auto scene = without_evidence(Ended::exited, 66);
    scene.ending.aslr_failure = "Operation not permitted";
    ASSERT_EQ(scene.judge().details.size(), 1u);
    EXPECT_TRUE(has(scene.judge().details.front(), "Operation not permitted"));
}

}  // namespace
}  // namespace racepair::judge
