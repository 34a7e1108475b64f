#include "judge/distinct_reports.hpp"

#include <gtest/gtest.h>

namespace racepair::judge {
namespace {

Report race(const std::string& address, int thread, int line) {
    Report report;
    report.kind = "data-race";
    report.variant = "web.site.racy";
    report.trial = thread;
    for (const bool write : {true, false}) {
        Access access;
        access.thread = thread++;
        access.write = write;
        access.size = 4;
        access.address = address;
        access.stack = {{"Racy::visit()", "/cases/site.cpp", line, address}};
        report.accesses.push_back(access);
    }
    return report;
}

TEST(DistinctReports, CountThoseThatDifferInAddressesAndThreadsOnly) {
    const auto reports =
        distinct_reports({race("0x10", 1, 7), race("0x20", 2, 7), race("0x10", 1, 7)});
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].times, 3);
    EXPECT_EQ(reports[0].accesses[0].address, "0x10") << "the first one stands for all";
}

TEST(DistinctReports, KeepEachThatTellsSomethingOfItsOwn) {
    const auto usual = race("0x10", 1, 7);
    std::vector<Report> others(10, usual);
    others[0].kind = "heap-use-after-free";
    others[1].variant = "web.site.fixed";
    others[2].accesses[1].stack[0].line = 8;
    others[3].accesses[1].stack[0].function = "Racy::leave()";
    others[4].accesses[1].stack.push_back({"main", "/cases/main.cpp", 1, ""});
    others[5].accesses[1].write = true;
    others[6].accesses[1].size = 8;
    others[7].stacks = {{{"make()", "/cases/site.cpp", 3, ""}}};
    others[8].handover = {{{"store()", "/cases/site.cpp", 3, ""}}};
    others[9].waits = {{1, "lock", "0x1", 2}};
    others.push_back(usual);
    const auto reports = distinct_reports(others);
    ASSERT_EQ(reports.size(), others.size());
    for (const auto& report : reports) EXPECT_EQ(report.times, 1);
}

TEST(DistinctReports, AreToldApartByTheirWordsWhereTheyHaveNothingElse) {
    Report leak;
    leak.kind = "Misc";
    leak.what = "a lock is left";
    auto other = leak;
    other.what = "a thread is left";
    EXPECT_EQ(distinct_reports({leak, other}).size(), 2u);
}

}  // namespace
}  // namespace racepair::judge
