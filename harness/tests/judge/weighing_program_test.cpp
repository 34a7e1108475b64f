// What is concluded of a whole program, which says in advance what has to be reported.

#include <gtest/gtest.h>

#include "scene.hpp"

namespace racepair::judge {
namespace {

const std::string sample = "/cases/sample.cpp";

/// A program whose known race was flagged in its only run, which ended with another status than 0.
Scene program_with_known_race() {
    auto scene = racy_under_tsan();
    scene.info.program = ProgramInfo{{}, {{"data-race", "sample.cpp"}}};
    scene.info.expected = {"exit status 0"};
    scene.told = scene.run().told = scene.run().trials = 1;
    scene.run().alone.reset();
    scene.run().outcomes = {{"exit status 7", true, 1}};
    scene.run().reports.resize(1);
    scene.ending.code = 7;
    return scene;
}

/// A program of which nothing must be reported.
Scene silent_program() {
    auto scene = fixed_under_tsan();
    scene.info.program.emplace();
    scene.info.expected = {"exit status 0"};
    scene.told = scene.run().told = scene.run().trials = 1;
    scene.run().alone.reset();
    scene.run().outcomes = {{"exit status 0", false, 1}};
    return scene;
}

Report report_elsewhere() { return report_of("counters.sample.racy", "/cases/other.cpp"); }

TEST(WeighingProgram, AKnownRaceIsCaughtWhateverItExitsWith) {
    EXPECT_EQ(program_with_known_race().conclusion(), "CAUGHT as expected");
}

TEST(WeighingProgram, AKnownRaceThatIsNotReportedIsMissed) {
    auto scene = program_with_known_race();
    scene.run().reports.clear();
    scene.run().outcomes[0].flagged = false;
    EXPECT_EQ(scene.conclusion(), "MISSED, not as expected");
    EXPECT_EQ(scene.judge().seen, "not reported: data-race in sample.cpp");
}

TEST(WeighingProgram, EachKnownRaceHasToBeReported) {
    auto scene = program_with_known_race();
    scene.info.program->sought.push_back({"data-race", "other.cpp"});
    EXPECT_EQ(scene.conclusion(), "MISSED, not as expected");
    scene.run().reports.push_back(report_elsewhere());
    EXPECT_EQ(scene.conclusion(), "CAUGHT as expected");
}

TEST(WeighingProgram, ARaceBesideTheKnownOneIsTheWrongOne) {
    auto scene = program_with_known_race();
    scene.run().reports.push_back(report_elsewhere());
    EXPECT_EQ(scene.conclusion(), "WRONG_RACE, not as expected");
}

TEST(WeighingProgram, SilenceIsCleanOnlyWithTheRightStatus) {
    auto scene = silent_program();
    EXPECT_EQ(scene.conclusion(), "CLEAN as expected");
    scene.run().outcomes[0].outcome = "exit status 3";
    scene.ending.code = 3;
    EXPECT_EQ(scene.conclusion(), "WRONG_OUTCOME, not as expected");
}

TEST(WeighingProgram, AReportWhereNothingShouldBeIsAFalseAlarm) {
    auto scene = silent_program();
    scene.run().reports = {report_of("counters.sample.fixed", sample)};
    scene.run().outcomes[0].flagged = true;
    EXPECT_EQ(scene.conclusion(), "FALSE_ALARM, not as expected");
}

TEST(WeighingProgram, NothingIsCleanThatASuppressionHides) {
    auto scene = silent_program();
    scene.run().suppressed = {report_elsewhere()};
    EXPECT_EQ(scene.conclusion(), "TOOL_ERROR, not as expected");
}

TEST(WeighingProgram, OneThatEndsWithoutSayingSoHasCrashed) {
    auto scene = silent_program();
    scene.run().finished = false;
    scene.run().trials = 0;
    scene.run().outcomes.clear();
    scene.ends(Ended::exited, 0);
    EXPECT_EQ(scene.conclusion(), "CRASHED, not as expected");
}

}  // namespace
}  // namespace racepair::judge
