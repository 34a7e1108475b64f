#include "judge/valgrind_xml.hpp"

#include <gtest/gtest.h>

namespace racepair::judge {
namespace {

std::string document(const std::string& errors) {
    return "<?xml version=\"1.0\"?>\n<valgrindoutput>\n<protocolversion>4</protocolversion>\n" +
           errors + "</valgrindoutput>\n";
}

std::string stack(const std::string& function, int line) {
    return "<stack><frame><ip>0x16</ip><obj>/bin/cases</obj><fn>" + function +
           "</fn><dir>/cases</dir><file>a.cpp</file><line>" + std::to_string(line) +
           "</line></frame><frame><ip>0x4</ip></frame></stack>";
}

/// As Helgrind tells a race: two sentences with a stack each, and where the memory came from.
std::string race_of_helgrind() {
    return "<error><kind>Race</kind><xwhat><text>Possible data race during write of size 4 at "
           "0x4DA by thread #3</text></xwhat>" +
           stack("Racy::visit(Box&lt;int&gt;&amp;)", 16) +
           "<xauxwhat><text>This conflicts with a previous read of size 8 by thread #2"
           "</text></xauxwhat>" +
           stack("Racy::look()", 19) +
           "<auxwhat>Address 0x4DA is 0 bytes inside a block</auxwhat>" + stack("make()", 1) +
           "</error>";
}

TEST(ValgrindXml, TellsBothAccessesOfARaceThatHelgrindSaw) {
    const auto output = read_valgrind(document(race_of_helgrind()));
    EXPECT_EQ(output.fault, "");
    ASSERT_EQ(output.reports.size(), 1u);
    const auto& report = output.reports[0];
    EXPECT_EQ(report.kind, "data-race");
    EXPECT_TRUE(report.stacks.empty()) << "where the memory came from is no access";
    ASSERT_EQ(report.accesses.size(), 2u);
    EXPECT_TRUE(report.accesses[0].write);
    EXPECT_EQ(report.accesses[0].size, 4);
    EXPECT_EQ(report.accesses[0].thread, 3);
    EXPECT_EQ(report.accesses[0].address, "0x4DA");
    EXPECT_FALSE(report.accesses[1].write);
    EXPECT_EQ(report.accesses[1].size, 8);
    EXPECT_EQ(report.accesses[1].thread, 2);
    EXPECT_EQ(report.accesses[1].address, "0x4DA");
    const auto& frames = report.accesses[0].stack;
    ASSERT_EQ(frames.size(), 2u);
    EXPECT_EQ(frames[0].function, "Racy::visit(Box<int>&)");
    EXPECT_EQ(frames[0].file, "/cases/a.cpp");
    EXPECT_EQ(frames[0].line, 16);
    EXPECT_EQ(frames[1].file, "") << "a frame without a name";
}

TEST(ValgrindXml, TellsTheOneAccessOfARaceThatDrdSaw) {
    const auto output = read_valgrind(document(
        "<error><kind>ConflictingAccess</kind><what>Conflicting store by thread 3 at 0x04d9a780 "
        "size 4</what>" +
        stack("Racy::visit()", 16) + "<auxwhat>Other segment start (thread 2)</auxwhat>" +
        stack("begin()", 2) + "</error>"));
    ASSERT_EQ(output.reports.size(), 1u);
    EXPECT_EQ(output.reports[0].kind, "data-race");
    ASSERT_EQ(output.reports[0].accesses.size(), 1u);
    const auto& access = output.reports[0].accesses[0];
    EXPECT_TRUE(access.write);
    EXPECT_EQ(access.size, 4);
    EXPECT_EQ(access.thread, 3);
    EXPECT_EQ(access.address, "0x04d9a780");
}

TEST(ValgrindXml, TellsWhereNothingIsAccessed) {
    const auto output = read_valgrind(
        document("<error><kind>LockOrder</kind><xwhat><text>Thread #3: lock order violated</text>"
                 "</xwhat>" +
                 stack("second()", 4) +
                 "</error><error><kind>MutexErr</kind><what>Mutex not "
                 "locked: mutex 0x4</what>" +
                 stack("unlock()", 5) + "</error><error><kind>NewKind</kind></error>"));
    ASSERT_EQ(output.reports.size(), 3u);
    EXPECT_EQ(output.reports[0].kind, "lock-order-inversion");
    EXPECT_EQ(output.reports[0].what, "Thread #3: lock order violated");
    ASSERT_EQ(output.reports[0].stacks.size(), 1u);
    EXPECT_EQ(output.reports[0].stacks[0][0].line, 4);
    EXPECT_EQ(output.reports[1].kind, "mutex-misuse");
    EXPECT_EQ(output.reports[2].kind, "NewKind") << "what is not known is not hidden";
}

TEST(ValgrindXml, TellsWhichObjectIsMisused) {
    const auto kind = [](const std::string& sentence) {
        const auto output = read_valgrind(document("<error><kind>Misc</kind><xwhat><text>" +
                                                   sentence + "</text></xwhat></error>"));
        return output.reports.empty() ? "no report" : output.reports[0].kind;
    };
    EXPECT_EQ(kind("pthread_mutex_destroy of a locked mutex"), "mutex-misuse");
    EXPECT_EQ(kind("Attempt to re-lock a non-recursive lock I already hold"), "mutex-misuse");
    EXPECT_EQ(kind("Exiting thread still holds 1 lock"), "mutex-misuse");
    EXPECT_EQ(kind("pthread_cond_signal: associated lock is not held"), "condition-misuse");
    EXPECT_EQ(kind("pthread_barrier_init: 'count' argument is zero"), "barrier-misuse");
    EXPECT_EQ(kind("something new"), "Misc");
}

TEST(ValgrindXml, IsAtFaultWhereItBreaksOff) {
    auto whole = document(race_of_helgrind() + race_of_helgrind());
    whole.resize(whole.size() - 40);
    const auto output = read_valgrind(whole);
    EXPECT_NE(output.fault.find("breaks off"), std::string::npos) << output.fault;
    EXPECT_GE(output.reports.size(), 1u) << "what came before is not lost";
    EXPECT_NE(read_valgrind("").fault, "");
    EXPECT_NE(read_valgrind("<html/>").fault, "");
    EXPECT_NE(read_valgrind("<valgrindoutput><protocolversion>5</protocolversion></valgrindoutput>")
                  .fault,
              "");
    EXPECT_EQ(read_valgrind(document("")).fault, "");
}

TEST(ValgrindXml, HasAFaultWhereAnErrorIsOfNoKind) {
    const auto output = read_valgrind(document("<error><what>odd</what></error>"));
    EXPECT_EQ(output.fault, "an error in valgrind's XML does not say of which kind it is");
}

}  // namespace
}  // namespace racepair::judge
