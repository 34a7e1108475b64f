// Set-ups that would keep ThreadSanitizer from looking, or from telling. Only for builds with
// ThreadSanitizer.

#include <algorithm>

#include "answer_checks.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::lying {
namespace {

const std::string honest = RACEPAIR_HONEST;

Answer judge_with(const std::string& options, const std::string& variant = "*") {
    return judge_subject(honest,
                         {.arguments = {"--filter", "honest.pair." + variant, "--trials", "10"},
                          .environment = {{"TSAN_OPTIONS", options}}});
}

std::string suppressions_from(const std::string& file) { return "suppressions='" + file + "'"; }

bool notes(const judge::Result& result, const std::string& words) {
    return std::any_of(result.notes.begin(), result.notes.end(), [&](const std::string& note) {
        return note.find(words) != std::string::npos;
    });
}

void expect_believed(const Answer& answer) {
    EXPECT_EQ(answer.exit_code, judge::exit_as_expected) << answer.text;
    ASSERT_EQ(answer.results.size(), 2u) << answer.text;
    EXPECT_EQ(answer.results[0].verdict, Verdict::caught) << answer.text;
    EXPECT_EQ(answer.results[1].verdict, Verdict::clean) << answer.text;
}

TEST(Suppressions, ThatAreMissingAreNamed) {
    const auto answer = judge_with("suppressions=/no/such/file");
    EXPECT_EQ(answer.exit_code, judge::exit_untrustworthy);
    EXPECT_TRUE(answer.results.empty());
    for (const std::string part :
         {"TOOL_ERROR", "the suppressions file of TSAN_OPTIONS does not exist", "/no/such/file"})
        EXPECT_TRUE(answer.says(part)) << answer.text;
}

TEST(Suppressions, ThatCannotBeParsedAreNamed) {
    const TemporaryDirectory directory;
    const auto answer =
        judge_with(suppressions_from(directory.write("broken", "this is no suppression\n")));
    EXPECT_EQ(answer.exit_code, judge::exit_untrustworthy);
    EXPECT_TRUE(answer.results.empty());
    for (const std::string part :
         {"TOOL_ERROR", "the suppressions file of TSAN_OPTIONS cannot be parsed"})
        EXPECT_TRUE(answer.says(part)) << answer.text;
}

TEST(Suppressions, ThatSilenceTheCanaryAreNamed) {
    const TemporaryDirectory directory;
    const auto file = directory.write("all", "race:std::thread\n");
    for (const std::string variant : {"racy", "fixed"}) {
        const auto answer = judge_with(suppressions_from(file), variant);
        expect_refused(answer, Verdict::tool_error);
        EXPECT_TRUE(answer.says("would be without TSAN_OPTIONS=" + suppressions_from(file)))
            << answer.text;
        expect_reproducible(answer);
    }
}

/// The canary is seen, but what the case has to show is hidden: of the fixed one, which lies, that
/// would be all that there is to see.
TEST(Suppressions, OfTheCaseAloneAreNamed) {
    const TemporaryDirectory directory;
    const auto file = directory.write("one", "race:swapped::Flag\n");
    for (const std::string variant : {"racy", "fixed"}) {
        const auto answer = judge_subject(
            RACEPAIR_LIARS, {.arguments = {"--filter", "swapped.flag." + variant, "--trials", "10"},
                             .environment = {{"TSAN_OPTIONS", suppressions_from(file)}}});
        expect_refused(answer, Verdict::tool_error);
        EXPECT_TRUE(answer.says("a suppression hides a report about the case: data-race"))
            << answer.text;
        EXPECT_TRUE(answer.says("the suppression stands in " + file)) << answer.text;
        expect_reproducible(answer);
    }
}

TEST(Suppressions, ThatAreCompiledInAndSilenceTheCanaryAreNamed) {
    for (const std::string variant : {"racy", "fixed"}) {
        const auto answer =
            judge_subject(RACEPAIR_SUPPRESSED,
                          {.arguments = {"--filter", "honest.pair." + variant, "--trials", "10"}});
        expect_refused(answer, Verdict::tool_error);
        EXPECT_TRUE(answer.says("__tsan_default_suppressions() of the subject")) << answer.text;
    }
}

TEST(Suppressions, OfOtherCodeChangeNoVerdict) {
    const TemporaryDirectory directory;
    expect_believed(
        judge_with(suppressions_from(directory.write("other", "race:some_library::\n"))));
}

class Muting : public testing::TestWithParam<const char*> {};

TEST_P(Muting, IsNeutralisedAndSaid) {
    const auto answer = judge_with(GetParam());
    expect_believed(answer);
    ASSERT_FALSE(answer.results.empty());
    const auto words = "neutralised " + std::string(GetParam()) + " of TSAN_OPTIONS";
    EXPECT_TRUE(notes(answer.results.front(), words));
    EXPECT_TRUE(answer.says(words)) << answer.text;
}

INSTANTIATE_TEST_SUITE_P(All, Muting,
                         testing::Values("report_bugs=0", "halt_on_error=1",
                                         "suppress_equal_stacks=1", "handle_segv=1"),
                         [](const auto& option) {
                             const std::string text = option.param;
                             return text.substr(0, text.find('='));
                         });

TEST(ExitCode, OfTheRuntimeIsNoEvidence) {
    for (const std::string code : {"0", "3"}) expect_believed(judge_with("exitcode=" + code));
}

TEST(OptionKey, ThatIsMisspeltIsNamed) {
    for (const std::string variant : {"racy", "fixed"}) {
        const auto answer = judge_with("halt_on_eror=1", variant);
        expect_refused(answer, Verdict::tool_error);
        EXPECT_TRUE(answer.says("'halt_on_eror'")) << answer.text;
        EXPECT_TRUE(answer.says("did you mean halt_on_error?")) << answer.text;
        expect_reproducible(answer);
    }
}

TEST(OptionKey, WithoutAValueIsNamed) {
    const auto answer = judge_with("report_bugs", "fixed");
    EXPECT_EQ(answer.exit_code, judge::exit_untrustworthy) << answer.text;
    EXPECT_TRUE(answer.says("TSAN_OPTIONS")) << answer.text;
}

TEST(OptionValue, ThatTheRuntimeRefusesIsNamed) {
    const auto answer = judge_with("verbosity=much", "fixed");
    EXPECT_EQ(answer.exit_code, judge::exit_untrustworthy) << answer.text;
    EXPECT_TRUE(answer.says("the runtime refused a value in TSAN_OPTIONS")) << answer.text;
}

struct Blinded {
    const char* name;
    const char* subject;
    const char* seen;
};

void PrintTo(const Blinded& blinded, std::ostream* out) { *out << blinded.name; }

// clang-format off
const Blinded all_blinded[] = {
    {"linked_not_compiled", RACEPAIR_LINKED_NOT_COMPILED, "was compiled without -fsanitize=thread"},
    {"case_not_compiled",   RACEPAIR_CASE_NOT_COMPILED,   "honest_pair.cpp was compiled without -fsanitize=thread"},
#ifdef RACEPAIR_ALL_IGNORED
    {"all_ignored",         RACEPAIR_ALL_IGNORED,         "ignored by list "},
#endif
};
// clang-format on

class Blinding : public testing::TestWithParam<Blinded> {};

TEST_P(Blinding, IsNotTakenForSilence) {
    for (const std::string variant : {"racy", "fixed"}) {
        const auto answer = judge_subject(GetParam().subject,
                                          {.arguments = {"--filter", "honest.pair." + variant}});
        expect_refused(answer, Verdict::not_instrumented);
        EXPECT_TRUE(answer.says(GetParam().seen)) << answer.text;
        if (variant == "fixed") expect_reproducible(answer);
    }
}

INSTANTIATE_TEST_SUITE_P(All, Blinding, testing::ValuesIn(all_blinded),
                         [](const auto& blinded) { return std::string(blinded.param.name); });

#ifdef RACEPAIR_CASE_IGNORED
TEST(Blinding, OfTheCaseAloneMakesItMissed) {
    expect_refused(judge_subject(RACEPAIR_CASE_IGNORED,
                                 {.arguments = {"--filter", "honest.flag.racy", "--trials", "10"}}),
                   Verdict::missed);
}
#endif

}  // namespace
}  // namespace racepair::lying
