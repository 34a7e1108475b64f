// Helgrind and DRD: what they are asked for is done by them or refused, never passed over.

#include <cstdlib>
#include <filesystem>

#include "answer_checks.hpp"
#include "judge/machine.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::lying {
namespace {

constexpr bool instrumented = RACEPAIR_LYING_INSTRUMENTED;
const std::string honest = RACEPAIR_HONEST;

class Valgrind : public testing::TestWithParam<const char*> {
   protected:
    Answer ask(const std::string& filter, const Environment& environment = {}) const {
        return judge_subject(honest, {.arguments = {"--detector", GetParam(), "--filter", filter},
                                      .environment = environment});
    }
    void SetUp() override {
        if (judge::program_in_path("valgrind").empty())
            GTEST_SKIP() << "absent: valgrind; install it: apt-get install valgrind";
    }
};

class AbsentValgrind : public testing::TestWithParam<const char*> {};

TEST_P(AbsentValgrind, IsRefusedWithTheCommandThatInstallsIt) {
    const auto answer = judge_subject(
        honest, {.arguments = {"--detector", GetParam()}, .environment = {{"PATH", "/nowhere"}}});
    EXPECT_EQ(answer.exit_code, judge::exit_untrustworthy) << answer.text;
    EXPECT_TRUE(answer.results.empty());
    EXPECT_TRUE(answer.says("is absent: valgrind is not in PATH")) << answer.text;
    EXPECT_TRUE(answer.says("apt-get install valgrind")) << answer.text;
}

TEST_P(Valgrind, ProvesTheRaceAndTheRepairOfAPlainSubject) {
    const auto answer = ask("honest.pair.*");
    if (instrumented) {
        EXPECT_EQ(answer.exit_code, judge::exit_untrustworthy) << answer.text;
        EXPECT_TRUE(answer.says("runs plain subjects")) << answer.text;
        return;
    }
    EXPECT_EQ(answer.exit_code, judge::exit_as_expected) << answer.text;
    ASSERT_EQ(answer.results.size(), 2u) << answer.text;
    const auto& racy = answer.results[0];
    EXPECT_EQ(racy.verdict, Verdict::caught);
    EXPECT_EQ(racy.detector, GetParam());
    EXPECT_EQ(racy.cells.flagged().hits, 1);
    ASSERT_FALSE(racy.reports.empty());
    EXPECT_EQ(racy.reports[0].kind, "data-race");
    EXPECT_EQ(answer.results[1].verdict, Verdict::clean);
    EXPECT_TRUE(answer.results[1].reports.empty())
        << "the harness's own gate, or the canary, was taken for the case's";
}

TEST_P(Valgrind, RunsEachTrialInAProcessOfItsOwn) {
    if (instrumented) GTEST_SKIP() << "plain subjects only";
    const auto answer = judge_subject(honest, {.arguments = {"--detector", GetParam(), "--filter",
                                                             "honest.pair.racy", "--trials", "3"}});
    ASSERT_EQ(answer.results.size(), 1u) << answer.text;
    EXPECT_EQ(answer.results[0].processes, 3);
    EXPECT_EQ(answer.results[0].cells.flagged().hits, 3);
}

TEST_P(Valgrind, HearsNoOptionThatWouldMuteIt) {
    if (instrumented) GTEST_SKIP() << "plain subjects only";
    const TemporaryDirectory directory;
    const auto all = directory.write("all.supp",
                                     "{\n all\n Helgrind:Race\n ...\n}\n{\n all\n "
                                     "drd:ConflictingAccess\n ...\n}\n");
    const auto answer =
        ask("honest.pair.racy", {{"VALGRIND_OPTS", "--suppressions='" + all + "'"}});
    EXPECT_EQ(answer.exit_code, judge::exit_as_expected) << answer.text;
    ASSERT_EQ(answer.results.size(), 1u) << answer.text;
    ASSERT_EQ(answer.results[0].notes.size(), 1u);
    EXPECT_NE(answer.results[0].notes[0].find("neutralised VALGRIND_OPTS"), std::string::npos);
}

// It runs the subject as it should, and what it writes breaks off in the middle.
TEST_P(Valgrind, IsNotBelievedWhereWhatItWritesBreaksOff) {
    if (instrumented) GTEST_SKIP() << "plain subjects only";
    const TemporaryDirectory directory;
    const auto fake = directory.write(
        "valgrind",
        "#!/bin/sh\n"
        "while [ \"${1#--}\" != \"$1\" ]; do\n"
        "    case $1 in --xml-file=*) echo '<?xml version=\"1.0\"?><valgrindoutput><error>' "
        ">\"${1#--xml-file=}\" ;; esac\n"
        "    shift\n"
        "done\n"
        "exec \"$@\"\n");
    std::filesystem::permissions(fake, std::filesystem::perms::owner_all);
    const auto answer =
        ask("honest.pair.fixed",
            {{"PATH", std::filesystem::path(fake).parent_path().string() + ":" + getenv("PATH")}});
    ASSERT_EQ(answer.results.size(), 1u) << answer.text;
    EXPECT_EQ(answer.results[0].verdict, Verdict::tool_error) << answer.text;
    EXPECT_TRUE(answer.says("valgrind's XML breaks off")) << answer.text;
}

const auto both = testing::Values("helgrind", "drd");
const auto by_name = [](const auto& info) { return std::string(info.param); };
INSTANTIATE_TEST_SUITE_P(Both, Valgrind, both, by_name);
INSTANTIATE_TEST_SUITE_P(Both, AbsentValgrind, both, by_name);

}  // namespace
}  // namespace racepair::lying
