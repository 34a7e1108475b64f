// Set-ups that would let nothing be judged, or the wrong thing, whatever the subject is built with.

#include <algorithm>

#include "answer_checks.hpp"
#include "judge/machine.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::lying {
namespace {

constexpr bool instrumented = RACEPAIR_LYING_INSTRUMENTED;
const std::string honest = RACEPAIR_HONEST;

void expect_refused_command(const Answer& answer, int exit_code, const std::string& words) {
    EXPECT_EQ(answer.exit_code, exit_code) << answer.text;
    EXPECT_TRUE(answer.results.empty()) << answer.text;
    EXPECT_TRUE(answer.says(words)) << answer.text;
}

/// Of all that the honest subject holds.
void expect_believed(const Answer& answer) {
    EXPECT_EQ(answer.exit_code, judge::exit_as_expected) << answer.text;
    ASSERT_EQ(answer.results.size(), 4u) << answer.text;
    EXPECT_EQ(answer.results[0].verdict, instrumented ? Verdict::caught : Verdict::missed)
        << "honest.flag.racy";
    EXPECT_EQ(answer.results[1].verdict, Verdict::clean) << "honest.flag.fixed";
    EXPECT_EQ(answer.results[2].verdict, Verdict::caught) << "honest.pair.racy";
    EXPECT_EQ(answer.results[3].verdict, Verdict::clean) << "honest.pair.fixed";
}

TEST(Selection, OfAllIsBelieved) { expect_believed(judge_subject(honest)); }

TEST(Selection, OfNothingIsNotGreen) {
    const auto answer = judge_subject(honest, {.arguments = {"--filter", "no.such.case"}});
    expect_refused_command(answer, judge::exit_nothing_judged,
                           "nothing that can be judged here matches --filter no.such.case");
    EXPECT_TRUE(answer.says("nothing was judged")) << answer.text;
}

TEST(Selection, OfAPlaceThatCannotBeWrittenIsRefusedBeforeAnythingRuns) {
    const auto said = call({.arguments = {"judge", honest, "--results", "/proc/nowhere.json"}});
    EXPECT_EQ(said.exit_code, judge::exit_usage) << said.text;
    EXPECT_TRUE(said.says("cannot write /proc/nowhere.json")) << said.text;
    EXPECT_FALSE(said.says("honest.flag.racy")) << said.text;
}

TEST(Selection, OfASubjectThatExploresNothingIsNoExploration) {
    expect_refused_command(judge_subject(honest, {.arguments = {"--detector", "explore"}}),
                           judge::exit_untrustworthy, "is not linked with the explorer");
}

TEST(Selection, SaidInTwoWaysIsRefused) {
    expect_refused_command(
        judge_subject(honest, {.arguments = {"--filter", "honest.*", "--gtest_filter=other.*"}}),
        judge::exit_usage, "--filter and --gtest_filter say the same thing");
    expect_refused_command(judge_subject(honest, {.arguments = {"--filter", ""}}),
                           judge::exit_usage, "an empty one picks nothing");
}

TEST(Selection, OfNothingByGoogleTestsOwnFilterIsNotGreen) {
    expect_refused_command(judge_subject(honest, {.arguments = {"--gtest_filter=no.such.case"}}),
                           judge::exit_nothing_judged, "with --gtest_filter=no.such.case");
    expect_refused_command(
        judge_subject(honest, {.environment = {{"GTEST_FILTER", "no.such.case"}}}),
        judge::exit_nothing_judged, "nothing was judged");
    expect_refused_command(judge_subject(honest, {.arguments = {"--gtest_repeat=0"}}),
                           judge::exit_nothing_judged, "nothing was judged");
}

TEST(Selection, OfAnEmptyShardIsNotGreen) {
    const Environment last = {{"GTEST_TOTAL_SHARDS", "1000"}, {"GTEST_SHARD_INDEX", "999"}};
    expect_refused_command(judge_subject(honest, {.environment = last}), judge::exit_nothing_judged,
                           "GTEST_TOTAL_SHARDS is 1000");
}

TEST(CommandLine, WithAnUnknownFlagOfGoogleTestIsRefused) {
    expect_refused_command(judge_subject(honest, {.arguments = {"--gtest_fliter=*"}}),
                           judge::exit_usage, "--gtest_fliter");
}

TEST(CommandLine, WithAnUnknownOptionIsRefused) {
    expect_refused_command(judge_subject(honest, {.arguments = {"--trails", "1"}}),
                           judge::exit_usage, "--trails");
}

TEST(Subject, ThatIsMissingIsRefused) {
    expect_refused_command(judge_subject("/no/such/subject"), judge::exit_usage,
                           "no subject /no/such/subject");
}

TEST(Subject, ThatIsADirectoryIsRefused) {
    const TemporaryDirectory directory;
    expect_refused_command(judge_subject(directory / "."), judge::exit_usage, "is not a program");
}

TEST(Subject, ThatCannotBeExecutedIsRefused) {
    const TemporaryDirectory directory;
    // root may do anything to a file but execute it when nobody may.
    expect_refused_command(judge_subject(directory.write("text", "#!/bin/sh\nexit 0\n")),
                           judge::exit_usage, "is not a program");
}

TEST(Subject, ThatIsSomeOtherProgramIsRefused) {
    expect_refused_command(judge_subject("/bin/true"), judge::exit_untrustworthy, "TOOL_ERROR");
    expect_refused_command(judge_subject("/bin/false"), judge::exit_untrustworthy,
                           "it is no racepair subject");
}

TEST(Subject, WithANameThatTheFilterCannotTakeIsRefused) {
    expect_refused_command(judge_subject(RACEPAIR_MISNAMED_CASE), judge::exit_untrustworthy,
                           "the name 'misnamed.a-b' holds '-'");
    expect_refused_command(judge_subject(RACEPAIR_MISNAMED_VARIANT), judge::exit_untrustworthy,
                           "the name 'a:b' holds ':'");
}

TEST(Subject, ThatIsMissingSpoilsTheOthers) {
    expect_refused_command(judge_subject(honest, {.arguments = {"/no/such/subject"}}),
                           judge::exit_usage, "no subject /no/such/subject");
}

TEST(Detector, ThatTheSubjectIsNotBuiltForIsRefused) {
    const std::string other = instrumented ? "plain" : "tsan";
    const auto verdict = instrumented ? Verdict::tool_error : Verdict::not_instrumented;
    for (const std::string variant : {"racy", "fixed"}) {
        const auto answer =
            judge_subject(honest, {.arguments = {"--detector", other, "--filter",
                                                 "honest.pair." + variant, "--trials", "10"}});
        expect_refused(answer, verdict);
        expect_reproducible(answer);
    }
}

TEST(OneCpu, ChangesNoVerdict) { expect_believed(judge_subject(honest, {.confined = "one-cpu"})); }

TEST(OneCpu, StandsInTheCommandThatReproduces) {
    const auto answer =
        judge_subject(RACEPAIR_LIARS,
                      {.arguments = {"--filter", "swapped.almost_right.fixed", "--trials", "1000"},
                       .confined = "one-cpu"});
    expect_refused(answer, Verdict::wrong_outcome);
    ASSERT_EQ(answer.results.size(), 1u);
    EXPECT_EQ(answer.results.front().identity.cpus_allowed, 1);
    const bool has_others = judge::this_machine().cpus_online > 1;
    EXPECT_EQ(answer.results.front().reproduce.find("taskset -c ") != std::string::npos, has_others)
        << answer.text;
    if (!judge::program_in_path("taskset").empty()) expect_reproducible(answer);
}

/// Where the kernel's randomisation is mild, nothing needs to be turned off and nothing may change.
TEST(DeniedPersonality, ChangesNoVerdict) {
    const auto answer = judge_subject(honest, {.confined = "deny-personality"});
    const bool mild = judge::this_machine().mmap_rnd_bits.value_or(0) <= judge::most_mmap_rnd_bits;
    if (mild || !instrumented || answer.exit_code == judge::exit_as_expected)
        return expect_believed(answer);
    // A runtime that did not start by chance: no verdict, and the cause is named.
    EXPECT_EQ(answer.exit_code, judge::exit_untrustworthy) << answer.text;
    EXPECT_TRUE(answer.says("personality")) << answer.text;
}

TEST(DeniedPersonality, IsRemarkedOnByTheDoctor) {
    const auto answer = call({.arguments = {"doctor", honest}, .confined = "deny-personality"});
    EXPECT_TRUE(answer.says("remark  ASLR")) << answer.text;
    EXPECT_TRUE(answer.says("cannot be turned off for a subject: Operation not permitted"))
        << answer.text;
    EXPECT_TRUE(answer.says("fix: in a container: --security-opt seccomp=unconfined"))
        << answer.text;
}

}  // namespace
}  // namespace racepair::lying
