#include "report/schedule_table.hpp"

#include <gtest/gtest.h>

#include "sample_results.hpp"

namespace racepair::report {
namespace {

using namespace judge;

const Style plain_text{};

TEST(ScheduleTable, HasAColumnForEachThreadAndARowForEachStep) {
    EXPECT_EQ(schedule_table(racy_under_explore(), plain_text),
              " line  thread 1  thread 2  code\n"
              "   14  ops -> 0            ++ops;\n"
              "       switch\n"
              "   14            ops -> 0  ++ops;\n"
              "   14            ops = 1   ++ops;\n"
              "                 switch\n"
              "   14  ops = 1             ++ops;\n");
}

TEST(ScheduleTable, SaysWhichUpdateIsLost) {
    EXPECT_EQ(what_went_wrong(racy_under_explore()),
              "outcome 3, expected 4: thread 1 read ops before thread 2 wrote 1, and wrote after "
              "it: the 1 is lost");
}

TEST(ScheduleTable, CallsNothingLostThatIsNot) {
    // The read of thread 1 comes after the other's write: it builds on it.
    auto result = racy_under_explore();
    auto& steps = result.schedule->steps;
    std::swap(steps[0], steps[2]);
    EXPECT_EQ(what_went_wrong(result), "outcome 3, expected 4");
    // Another object.
    result = racy_under_explore();
    result.schedule->steps[2].object = "0x7b08";
    EXPECT_EQ(what_went_wrong(result), "outcome 3, expected 4");
    // An update of its own is no overwriting.
    result = racy_under_explore();
    result.schedule->steps[3].operation = "update";
    EXPECT_EQ(what_went_wrong(result), "outcome 3, expected 4");
}

// A compare-and-swap that succeeded, or failed, decides what a thread does next.
TEST(ScheduleTable, CallsNothingLostAfterAnUpdateOfSomethingElse) {
    auto result = racy_under_explore();
    auto& steps = result.schedule->steps;
    auto update = steps.back();
    update.operation = "update";
    update.object = "0x7b40";
    steps.insert(steps.end() - 1, update);
    EXPECT_EQ(what_went_wrong(result), "outcome 3, expected 4");
}

TEST(ScheduleTable, FitsInto80ColumnsForUpToThreeThreads) {
    auto result = racy_under_explore();
    result.code["/cases/sample.cpp:14"] = std::string(200, 'x');
    auto& steps = result.schedule->steps;
    steps[1].thread = 3;
    result.schedule->threads.push_back(3);
    result.schedule->names["0x7b00"] = "a_name_that_goes_on_and_on";
    for (const auto& line : lines_of(schedule_table(result, plain_text)))
        EXPECT_LE(columns_of(line), 80u) << line;
    steps.resize(2);
    for (const auto& line : lines_of(schedule_table(result, plain_text)))
        EXPECT_LE(columns_of(line), 80u) << line;
}

TEST(ScheduleTable, ShowsOperationsLocksAndOddValues) {
    auto result = racy_under_explore();
    auto& steps = result.schedule->steps;
    result.schedule->names["0x7b10"] = "mutex";
    steps[0].operation = "lock";
    steps[0].object = "0x7b10";
    steps[0].locks = {"0x7b10"};
    steps[1].operation = "update";
    steps[1].locks = {"0x7b10"};
    steps[2].size = 4;
    steps[2].value = 0xffff'ffff;
    steps[3].value = 0x7b04'0000'0010;
    const auto text = schedule_table(result, plain_text);
    EXPECT_NE(text.find("lock mutex "), std::string::npos) << text;
    EXPECT_NE(text.find("update ops: 0 [mutex"), std::string::npos) << text;
    EXPECT_NE(text.find("ops = -1"), std::string::npos) << text;
    EXPECT_NE(text.find("ops = 0x7b0400000010"), std::string::npos) << text;
    EXPECT_EQ(text.find("lock mutex ["), std::string::npos) << "no lock is held by taking it";
}

TEST(ScheduleTable, CountsStepsThatAreNotTold) {
    auto result = racy_under_explore();
    result.schedule->step_count = 10;
    EXPECT_NE(schedule_table(result, plain_text).find("… and 6 more steps"), std::string::npos);
}

TEST(ScheduleTable, SaysWhoWaitsForWhom) {
    auto result = racy_under_explore();
    result.schedule->why = "deadlock";
    result.schedule->names["0x7b10"] = "left";
    result.reports[0].kind = "deadlock";
    result.reports[0].waits = {{1, "lock", "0x7b10", 2}, {2, "thread", "", 1}};
    EXPECT_EQ(what_went_wrong(result),
              "deadlock: thread 1 waits for a lock (left) that thread 2 has; thread 2 waits for "
              "thread 1 to end");
}

TEST(ScheduleTable, IsNothingWithoutASchedule) {
    EXPECT_EQ(schedule_table(fixed_under_explore(), plain_text), "");
    EXPECT_EQ(what_went_wrong(fixed_under_explore()), "");
    EXPECT_EQ(replay_command(fixed_under_explore(), "racepair replay cases", false), "");
}

TEST(ScheduleTable, TellsHowToRunItAgain) {
    EXPECT_EQ(replay_command(racy_under_explore(), "racepair replay cases", false),
              "racepair replay cases counters.sample.racy rp1-1f-1.3-2.8-1.4");
    EXPECT_EQ(replay_command(racy_under_explore(), "racepair replay cases", true),
              "racepair replay cases counters.sample.racy rp1-1f-1.3-2.8-1.4 --scope 2x2");
}

}  // namespace
}  // namespace racepair::report
