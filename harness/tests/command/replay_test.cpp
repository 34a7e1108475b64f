#include <gtest/gtest.h>
#include <signal.h>

#include "judge/exit_code.hpp"
#include "said.hpp"

namespace racepair::command {
namespace {

constexpr const char* racy = "counters.plain_counter.racy";

std::string failing_schedule() { return racepair({"explore", "CASES", racy}).after("  schedule "); }

TEST(Replay, ShowsTheSameSteps) {
    const auto explored = racepair({"explore", "CASES", racy});
    const auto schedule = explored.after("  schedule ");
    ASSERT_TRUE(schedule.starts_with("rp1-")) << explored.text;
    EXPECT_LT(schedule.size(), 200u);
    const auto said = racepair({"replay", "CASES", racy, schedule});
    EXPECT_EQ(said.exit_code, judge::exit_as_expected) << said.text;
    const auto table = [](const std::string& text) {
        const auto begin = text.find(" line  "), end = text.find("  → ");
        return begin == std::string::npos ? "none" : text.substr(begin, end - begin);
    };
    EXPECT_NE(table(said.text), "none") << said.text;
    EXPECT_EQ(table(said.text), table(explored.text));
    EXPECT_EQ(said.after("  → "), explored.after("  → "));
}

TEST(Replay, RefusesABrokenSchedule) {
    const auto schedule = failing_schedule();
    for (const auto& broken :
         {schedule + "x", schedule.substr(1), std::string("rp1-"), std::string("nonsense"),
          schedule.substr(0, schedule.rfind('.')), schedule + "-99.1"}) {
        const auto said = racepair({"replay", "CASES", racy, broken});
        EXPECT_EQ(said.exit_code, judge::exit_refused) << broken << "\n" << said.text;
        EXPECT_TRUE(said.text.starts_with("limit: the schedule was refused: ")) << said.text;
        EXPECT_TRUE(said.has("Next: ")) << said.text;
    }
}

TEST(Replay, RefusesAScheduleOfAnotherProgram) {
    const auto said =
        racepair({"replay", "CASES", "counters.plain_counter.fixed", failing_schedule()});
    EXPECT_EQ(said.exit_code, judge::exit_refused);
    EXPECT_TRUE(said.has("this schedule is of another program")) << said.text;
}

// One in which every turn is the same in both scopes, but for what comes after the last.
TEST(Replay, RefusesAScheduleOfAnotherScope) {
    const std::string steps = "counters.plain_counter.load_then_store";
    const auto schedule =
        racepair({"explore", "CASES", steps, "--scope", "2x1"}).after("  schedule ");
    ASSERT_TRUE(schedule.starts_with("rp1-")) << schedule;
    EXPECT_EQ(racepair({"replay", "CASES", steps, schedule, "--scope", "2x1"}).exit_code,
              judge::exit_as_expected);
    const auto said = racepair({"replay", "CASES", steps, schedule, "--scope", "2x3"});
    EXPECT_EQ(said.exit_code, judge::exit_refused) << said.text;
    EXPECT_TRUE(said.has("its scope (--scope)")) << said.text;
    EXPECT_TRUE(said.has("load_then_store --scope 2x3")) << said.text;
    EXPECT_EQ(racepair({"replay", "CASES", steps, schedule}).exit_code, judge::exit_refused);
}

TEST(Replay, StopsADebuggerAtTheLastStep) {
    const auto schedule = failing_schedule();
    const std::vector<std::string> words = {"--run",    racy, "--threads",  "2",
                                            "--rounds", "2",  "--schedule", schedule};
    EXPECT_EQ(subject(words).exit_code, 0);
    auto stopped = words;
    stopped.emplace_back("--stop-at-failure");
    EXPECT_EQ(subject(stopped).signal, SIGTRAP);
}

}  // namespace
}  // namespace racepair::command
