// clang's thread-safety analysis: what it does not warn of, or warns of elsewhere, is no proof; and
// where it does not look, nothing is said to be clean.

#include <filesystem>

#include "answer_checks.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::lying {
namespace {

Answer analyse(const std::string& subject, const std::string& filter) {
    return judge_subject(subject,
                         {.arguments = {"--detector", "thread_safety", "--filter", filter}});
}

#ifdef RACEPAIR_ANNOTATED

const std::string annotated = RACEPAIR_ANNOTATED;
const std::string muted = RACEPAIR_ANNOTATED_MUTED;

TEST(ThreadSafety, ProvesTheWarningAtItsLineAndTheRepair) {
    const auto answer = analyse(annotated, "annotated.honest.*");
    EXPECT_EQ(answer.exit_code, judge::exit_as_expected) << answer.text;
    ASSERT_EQ(answer.results.size(), 2u) << answer.text;
    EXPECT_EQ(answer.results[0].verdict, Verdict::caught);
    ASSERT_EQ(answer.results[0].reports.size(), 1u);
    EXPECT_NE(answer.results[0].reports[0].what.find("requires holding mutex"), std::string::npos);
    EXPECT_EQ(answer.results[1].verdict, Verdict::clean);
}

TEST(ThreadSafety, ThatIsSilentMissed) {
    const auto answer = analyse(annotated, "annotated.silenced.racy");
    expect_refused(answer, Verdict::missed);
    expect_reproducible(answer);
}

TEST(ThreadSafety, OfAnotherLineIsWrong) {
    const auto answer = analyse(annotated, "annotated.elsewhere.racy");
    expect_refused(answer, Verdict::wrong_race);
    EXPECT_TRUE(answer.says("not at the line that holds 'stock = 1'")) << answer.text;
}

TEST(ThreadSafety, OfARepairIsAFalseAlarm) {
    expect_refused(analyse(annotated, "annotated.not_repaired.fixed"), Verdict::false_alarm);
}

TEST(ThreadSafety, ThatIsTurnedOffIsNoSilence) {
    for (const auto* variant : {"annotated.honest.racy", "annotated.honest.fixed"}) {
        const auto answer = analyse(muted, variant);
        expect_refused(answer, Verdict::tool_error);
        EXPECT_TRUE(answer.says("a flag turns the analysis off")) << answer.text;
    }
}

/// The annotated subject, found where another build says how its case is compiled.
class OtherBuild {
   public:
    explicit OtherBuild(const std::string& compiler) {
        const auto program = directory_.write("compiler", "#!/bin/sh\n" + compiler);
        std::filesystem::permissions(program, std::filesystem::perms::owner_all);
        directory_.write("compile_commands.json",
                         R"([{"directory":"/","file":")" RACEPAIR_ANNOTATED_FILE
                         R"(","command":"')" +
                             program + R"('"}])");
        std::filesystem::copy_file(annotated, subject());
    }
    std::string subject() const { return directory_ / "subject"; }

   private:
    TemporaryDirectory directory_;
};

TEST(ThreadSafety, OfACaseThatDoesNotCompileIsNoSilence) {
    const OtherBuild build("echo error; exit 1\n");
    const auto answer = analyse(build.subject(), "annotated.honest.fixed");
    expect_refused(answer, Verdict::tool_error);
    EXPECT_TRUE(answer.says("the case does not compile")) << answer.text;
}

TEST(ThreadSafety, ThatFlagsTheCanarysRepairIsNotBelieved) {
    const OtherBuild build(
        "for last; do :; done\n"
        "for line in 6 8; do echo \"$last:$line:1: warning: x [-Wthread-safety-analysis]\"; "
        "done\n");
    const auto answer = analyse(build.subject(), "annotated.honest.fixed");
    expect_refused(answer, Verdict::tool_error);
    EXPECT_TRUE(answer.says("the canary's repair was flagged")) << answer.text;
}

#else

TEST(ThreadSafety, IsRefusedWhereAnotherCompilerBuilt) {
    const auto answer = analyse(RACEPAIR_HONEST, "honest.pair.*");
    EXPECT_EQ(answer.exit_code, judge::exit_untrustworthy) << answer.text;
    EXPECT_TRUE(answer.results.empty());
    EXPECT_TRUE(answer.says("is clang's")) << answer.text;
    EXPECT_TRUE(answer.says("cmake --workflow --preset tsan")) << answer.text;
}

#endif

}  // namespace
}  // namespace racepair::lying
