// The hook against a runtime of our own making: what it is told is what it writes down.

#include "subject/report_hook.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "evidence_of.hpp"
#include "fake_runtime.hpp"

namespace racepair::subject {
namespace {

constexpr const char* sample = "counters.sample.racy";

/// The reports that the judge reads after the runtime has made these, in one trial.
std::vector<judge::Report> told(std::vector<FakeReport> made) {
    const auto evidence = evidence_of([&] {
        now_running(sample, 5);
        for (auto& report : made) __tsan_on_report(&report);
    });
    const auto found = evidence.runs.find(sample);
    return found == evidence.runs.end() ? std::vector<judge::Report>{} : found->second.reports;
}

FakeReport race(std::vector<void*> trace = {inlined_in_outer}) {
    return {.accesses = {{2, address(0x7b04), 8, 1, 0, std::move(trace)}}};
}

TEST(ReportHook, SeesTheRuntime) {
    EXPECT_TRUE(thread_sanitizer_is_linked());
    EXPECT_TRUE(reports_can_be_read());
    EXPECT_STREQ(compiled_in_options(), "history_size=7");
}

TEST(ReportHook, WritesEachAccessDown) {
    auto report = race();
    report.accesses.push_back({3, address(0x7b08), 1, 0, 1, {}});
    const auto reports = told({report});
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].kind, "data-race");
    EXPECT_EQ(reports[0].trial, 5);
    ASSERT_EQ(reports[0].accesses.size(), 2u);
    const auto& first = reports[0].accesses[0];
    EXPECT_EQ(first.thread, 2);
    EXPECT_EQ(first.address, "0x7b04");
    EXPECT_EQ(first.size, 8);
    EXPECT_TRUE(first.write);
    EXPECT_FALSE(first.atomic);
    const auto& second = reports[0].accesses[1];
    EXPECT_EQ(second.thread, 3);
    EXPECT_FALSE(second.write);
    EXPECT_TRUE(second.atomic);
    EXPECT_TRUE(second.stack.empty());
}

TEST(ReportHook, NamesInlinedCallsFromTheInside) {
    const auto reports = told({race({inlined_in_outer, inlined_in_outer, nameless})});
    ASSERT_EQ(reports.size(), 1u);
    const auto& stack = reports[0].accesses.at(0).stack;
    ASSERT_EQ(stack.size(), 3u) << "an address that is repeated is named once";
    EXPECT_EQ(stack[0].function, "inlined()");
    EXPECT_EQ(stack[0].file, "/a dir/in.hpp");
    EXPECT_EQ(stack[0].line, 7);
    EXPECT_EQ(stack[0].pc, "0x1000");
    EXPECT_EQ(stack[1].function, "outer()");
    EXPECT_EQ(stack[1].line, 21);
    EXPECT_EQ(stack[2].file, "<null>");
}

TEST(ReportHook, KeepsStacksAndNamesWithinBounds) {
    std::vector<void*> deep;
    for (unsigned long i = 0; i < 100; ++i) deep.push_back(address(0x9000 + i));
    const auto reports = told({race(deep), race({long_named})});
    ASSERT_EQ(reports.size(), 2u);
    EXPECT_EQ(reports[0].accesses.at(0).stack.size(), 20u);
    EXPECT_EQ(reports[1].accesses.at(0).stack.at(0).function, std::string(600, 'f'));
    EXPECT_EQ(reports[1].accesses.at(0).stack.at(0).file, "/long.cpp");
    EXPECT_EQ(reports[1].accesses.at(0).stack.at(0).line, 3);
}

TEST(ReportHook, WritesStacksWhereThereIsNoAccess) {
    const auto reports = told({{.kind = "thread-leak",
                                .accesses = {},
                                .stacks = {{inlined_in_outer}, {}},
                                .locations = 2,
                                .threads = 2}});
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].kind, "thread-leak");
    EXPECT_TRUE(reports[0].accesses.empty());
    ASSERT_EQ(reports[0].stacks.size(), 2u);
    EXPECT_EQ(reports[0].stacks[0].size(), 2u);
}

TEST(ReportHook, KnowsWhatLiesInTheObject) {
    struct Row {
        unsigned long begin, size;
        bool inside;
    };
    const Row rows[] = {{0x7b04, 8, true},  {0x7b00, 8, true},  {0x7afd, 8, true},
                        {0x7b05, 8, false}, {0x7afc, 8, false}, {0x7b04, 0, false}};
    for (const auto& [begin, size, inside] : rows) {
        object_lives_at(address(begin), size);
        const auto reports = told({race()});
        ASSERT_EQ(reports.size(), 1u);
        EXPECT_EQ(reports[0].accesses.at(0).in_object, inside) << begin << " " << size;
    }
    object_lives_at(nullptr, 0);
    EXPECT_FALSE(told({race()}).at(0).accesses.at(0).in_object);
}

TEST(ReportHook, CountsAllReportsOfATrialAndWritesTheFirstFew) {
    const auto before = reports_so_far();
    EXPECT_EQ(told(std::vector<FakeReport>(9, race())).size(), 4u);
    EXPECT_EQ(reports_so_far(), before + 9);
    EXPECT_EQ(told({race()}).size(), 1u) << "the next trial has its own";
}

TEST(ReportHook, LooksAwayFromAMemberThatCausesManyUntilItsWorkEnds) {
    ignored = {};
    told(std::vector<FakeReport>(30, race()));
    EXPECT_EQ(ignored.begun, 0) << "no member is at work";

    member_begins_work();
    told(std::vector<FakeReport>(16, race()));
    EXPECT_EQ(ignored.begun, 0);
    const auto before = reports_so_far();
    told(std::vector<FakeReport>(30, race()));
    EXPECT_EQ(ignored.begun, 1);
    EXPECT_EQ(ignored.ended, 0);
    EXPECT_EQ(reports_so_far(), before + 30) << "those that come all the same still count";
    member_ends_work();
    EXPECT_EQ(ignored.ended, 1);

    member_begins_work();
    member_ends_work();
    EXPECT_EQ(ignored.ended, 1) << "who was watched all the time is not un-ignored";
}

/// What the judge reads of a race that the runtime is about to report, or to hide.
judge::VariantRun announced(FakeReport report, bool suppressed) {
    const auto evidence = evidence_of([&] {
        now_running(sample, 5);
        const auto* description = reinterpret_cast<const __tsan::ReportDesc*>(&report);
        EXPECT_EQ(__tsan::OnReport(description, suppressed), suppressed) << "is left as it is";
    });
    return evidence.run_of(sample);
}

TEST(ReportHook, WritesDownWhatASuppressionHides) {
    const auto before = reports_so_far();
    const auto run = announced(race(), true);
    EXPECT_TRUE(run.reports.empty());
    ASSERT_EQ(run.suppressed.size(), 1u);
    EXPECT_EQ(run.suppressed[0].kind, "data-race");
    EXPECT_EQ(run.suppressed[0].trial, 5);
    EXPECT_EQ(run.suppressed[0].accesses.at(0).stack.at(0).file, "/a dir/in.hpp");
    EXPECT_EQ(reports_so_far(), before) << "it is no report";
    EXPECT_TRUE(announced(race(), false).suppressed.empty());
}

TEST(ReportHook, AReportBeforeAnyTrialSaysSo) {
    const auto evidence = evidence_of([] {
        now_running("", -1);
        auto early = race();
        __tsan_on_report(&early);
    });
    EXPECT_EQ(evidence.runs.at("").reports.at(0).trial, -1);
}

/// 0 if no more than 400 reports are written, however many there are, and all of them are counted.
int misses_of_the_limit() {
    const auto before = reports_so_far();
    std::size_t written = 0;
    for (int trial = 0; trial < 200; ++trial)
        written += told(std::vector<FakeReport>(4, race())).size();
    const bool counted = reports_so_far() == before + 800;
    return (written <= 400 ? 0 : 1) + (told({race()}).empty() ? 0 : 1) + (counted ? 0 : 1);
}

// In a process of its own: it uses up what one may write.
TEST(ReportHookDeathTest, WritesOnlySoManyInAll) {
    EXPECT_EXIT(std::_Exit(misses_of_the_limit()), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace racepair::subject
