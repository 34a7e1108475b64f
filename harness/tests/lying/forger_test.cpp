// Evidence that was made up. The forger claims to be instrumented by ThreadSanitizer in every
// build.

#include <filesystem>

#include "answer_checks.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::lying {
namespace {

struct Forged {
    const char* lie;
    const char* variant;
    Verdict verdict;
    const char* seen;  // part of what the judge says it saw
};

void PrintTo(const Forged& forged, std::ostream* out) { *out << forged.lie; }

constexpr auto crashed = Verdict::crashed, not_run = Verdict::not_run,
               tool_error = Verdict::tool_error;
constexpr auto wrong_race = Verdict::wrong_race, not_instrumented = Verdict::not_instrumented;

// clang-format off
const Forged forgeries[] = {
    {"exit_66",                    "racy",  tool_error, "exited with status 66 without leaving any evidence"},
    {"exit_0",                     "fixed", tool_error, "exited with status 0 without leaving any evidence"},
    {"magic_line_exit_0",          "racy",  tool_error, "exited with status 0 without leaving any evidence"},
    {"magic_line_exit_3",          "racy",  tool_error, "exited with status 3 without leaving any evidence"},
    {"magic_line_exit_66",         "racy",  tool_error, "exited with status 66 without leaving any evidence"},
    {"silent_and_magic_line",      "racy",  Verdict::missed, "not one report"},
    {"silent_and_exit_66",         "racy",  crashed,    "exited with status 66 after its last trial"},
    {"all_right_and_exit_3",       "fixed", crashed,    "exited with status 3 after its last trial"},
    {"cannot_start",               "racy",  tool_error, "exited with status 66 without leaving any evidence"},
    {"segv",                       "racy",  crashed,    "signal 11"},
    {"flood",                      "fixed", tool_error, "more evidence than anyone can weigh"},
    {"no_goodbye",                 "fixed", crashed,    "on its way out"},

    {"broken",                     "fixed", tool_error, "parse error"},
    {"truncated",                  "fixed", crashed,    "on its way out"},
    {"torn_off",                   "fixed", crashed,    "after 10 of 10 trials"},
    {"more_after_goodbye",         "fixed", tool_error, "cut short"},
    {"empty_line",                 "fixed", tool_error, "parse error"},
    {"not_an_object",              "fixed", tool_error, "the evidence cannot be read"},
    {"nothing_but_null",           "fixed", tool_error, "the evidence cannot be read"},
    {"deep",                       "fixed", tool_error, "parse error"},
    {"deep_and_closed",            "fixed", tool_error, "unknown record deep"},
    {"nul_bytes",                  "fixed", tool_error, "parse error"},
    {"invalid_utf8",               "fixed", tool_error, "parse error"},
    {"number_beyond_all",          "fixed", tool_error, "the evidence cannot be read"},
    {"huge_number",                "fixed", tool_error, "the evidence cannot be read"},
    {"largest_number",             "fixed", tool_error, "the evidence cannot be read"},
    {"negative_number",            "fixed", tool_error, "the evidence cannot be read"},
    {"text_for_number",            "fixed", tool_error, "must be number"},
    {"number_for_text",            "fixed", tool_error, "must be string"},
    {"array_for_record",           "fixed", tool_error, "must be string"},
    {"member_missing",             "fixed", tool_error, "'instrumented' not found"},

    {"other_protocol",             "fixed", tool_error, "protocol 2"},
    {"unknown_record",             "fixed", tool_error, "unknown record verdict"},
    {"two_subjects",               "fixed", tool_error, "a second subject record"},
    {"entered_twice",              "fixed", tool_error, "entered twice"},
    {"finished_twice",             "fixed", tool_error, "finished twice"},
    {"never_entered",              "fixed", tool_error, "was not entered"},
    {"never_finished",             "fixed", crashed,    "after 10 of 10 trials"},
    {"nothing_of_variant",         "fixed", not_run,    "never entered"},
    {"outcomes_do_not_add_up",     "fixed", tool_error, "do not add up"},
    {"trials_left_out",            "fixed", tool_error, "missing or told twice"},
    {"trials_after_the_end",       "fixed", tool_error, "after the variant had finished"},
    {"finished_more_than_counted", "fixed", tool_error, "another number of trials"},
    {"fewer_trials_than_told",     "fixed", not_run,    "3 of 10 trials were run"},
    {"fewer_trials_than_asked",    "fixed", not_run,    "3 of 10 trials were run"},
    {"trouble",                    "fixed", tool_error, "a line did not fit"},

    {"canary_unflagged",           "fixed", not_instrumented, "the canary's race is not reported"},
    {"canary_flagged_elsewhere",   "fixed", not_instrumented, "the canary's race is not reported"},
    {"canary_not_run",             "fixed", tool_error, "did not run the canary"},
    {"canary_right_although_racy", "fixed", tool_error, "canary's outcomes"},
    {"canary_repair_flagged",      "fixed", tool_error, "the canary's repair was flagged"},
    {"not_instrumented",           "fixed", not_instrumented, "compiled without -fsanitize=thread"},
    {"no_runtime",                 "fixed", not_instrumented, "no ThreadSanitizer runtime"},
    {"reports_unreadable",         "fixed", tool_error, "lacks the interface"},
    {"report_of_another",          "racy",  tool_error, "not one report came with them"},
    {"flagged_without_report",     "racy",  tool_error, "not one report came with them"},
    {"report_elsewhere",           "racy",  wrong_race, "other.cpp:5"},
    {"report_of_nothing",          "racy",  wrong_race, "not one report is of the expected kind"},
    {"report_of_wrong_kind",       "racy",  wrong_race, "thread-leak"},
    {"repair_flagged",             "fixed", Verdict::false_alarm, "flagged, though it is said to be correct"},
    {"repair_flagged_in_place",    "fixed", Verdict::false_alarm, "step.cpp:7 in forged::Fixed::step"},
};
// clang-format on

Answer judge_forgery(const std::string& lie, const std::string& variant) {
    return judge_subject(
        RACEPAIR_FORGER,
        {.arguments = {"--filter", "forged." + lie + "." + variant, "--trials", "10"}});
}

class Forgery : public testing::TestWithParam<Forged> {};

TEST_P(Forgery, IsRefused) {
    const auto& [lie, variant, verdict, seen] = GetParam();
    const auto answer = judge_forgery(lie, variant);
    expect_refused(answer, verdict);
    ASSERT_EQ(answer.results.size(), 1u);
    EXPECT_NE(answer.results.front().seen.find(seen), std::string::npos)
        << answer.results.front().seen;
}

INSTANTIATE_TEST_SUITE_P(All, Forgery, testing::ValuesIn(forgeries),
                         [](const auto& forged) { return std::string(forged.param.lie); });

/// The same evidence without a lie is believed: each of the above is refused for its lie alone.
TEST(HonestForgery, IsBelieved) {
    const auto answer = judge_forgery("nothing", "*");
    ASSERT_EQ(answer.results.size(), 2u) << answer.text;
    EXPECT_EQ(answer.exit_code, judge::exit_as_expected) << answer.text;
    EXPECT_EQ(answer.results[0].verdict, Verdict::caught) << answer.text;
    EXPECT_EQ(answer.results[1].verdict, Verdict::clean) << answer.text;
}

/// Of several processes, one that cannot be trusted decides.
TEST(IsolatedForgery, NeedsTheCanaryInEachProcess) {
    const TemporaryDirectory directory;
    const auto judge_isolated = [&](const std::string& trials) {
        std::filesystem::remove(directory / "been_here");
        return judge_subject(RACEPAIR_FORGER,
                             {.arguments = {"--filter", "forged.canary_unflagged_later.fixed",
                                            "--isolate", "--trials", trials},
                              .environment = {{"FORGER_BEEN_HERE", directory / "been_here"}}});
    };
    const auto once = judge_isolated("1");
    EXPECT_EQ(once.exit_code, judge::exit_as_expected) << once.text;
    expect_refused(judge_isolated("2"), not_instrumented);
}

TEST(ForgedStartFailure, NamesTheCauseAndTheCure) {
    const auto answer = judge_forgery("cannot_start", "racy");
    expect_refused(answer, tool_error);
    EXPECT_TRUE(answer.says("vm.mmap_rnd_bits")) << answer.text;
    EXPECT_TRUE(answer.says("sudo sysctl vm.mmap_rnd_bits=28")) << answer.text;
    EXPECT_TRUE(answer.says("FATAL: ThreadSanitizer: unexpected memory mapping")) << answer.text;
    expect_reproducible(answer);
}

TEST(ForgedEvidence, IsReproducible) {
    expect_reproducible(judge_forgery("outcomes_do_not_add_up", "fixed"));
    expect_reproducible(judge_forgery("canary_unflagged", "fixed"));
    expect_reproducible(judge_forgery("fewer_trials_than_told", "fixed"));
}

struct Refused {
    const char* lie;
    const char* words;
};

void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.lie; }

// clang-format off
/// Told when the judge asks for the cases: there is nothing to give a verdict on, and nothing may be green.
const Refused refused_at_once[] = {
    {"exit_66",            "TOOL_ERROR"},
    {"exit_0",             "TOOL_ERROR"},
    {"magic_line_exit_0",  "TOOL_ERROR"},
    {"magic_line_exit_3",  "TOOL_ERROR"},
    {"cannot_start",       "vm.mmap_rnd_bits"},
    {"segv",               "CRASHED"},
    {"flood",              "TOOL_ERROR"},
    {"no_goodbye",         "cannot tell its cases"},
    {"broken",             "parse error"},
    {"truncated",          "cannot tell its cases"},
    {"deep",               "TOOL_ERROR"},
    {"invalid_utf8",       "TOOL_ERROR"},
    {"other_protocol",     "build the subject and racepair from the same version"},
    {"unknown_record",     "unknown record verdict"},
    {"two_subjects",       "a second subject record"},
};
// clang-format on

class ForgedList : public testing::TestWithParam<Refused> {};

void expect_refused_at_once(const Refused& refused, const Call& more = {}) {
    const TemporaryDirectory directory;
    // Under the name of a lie the forger tells that lie whatever it is asked.
    const auto subject = directory / refused.lie;
    std::filesystem::create_symlink(RACEPAIR_FORGER, subject);
    const auto answer = judge_subject(subject, more);
    EXPECT_EQ(answer.exit_code, judge::exit_untrustworthy) << answer.text;
    EXPECT_TRUE(answer.results.empty());
    EXPECT_TRUE(answer.says(refused.words)) << answer.text;
    EXPECT_TRUE(answer.says(subject)) << answer.text;
}

TEST_P(ForgedList, IsRefused) { expect_refused_at_once(GetParam()); }

TEST(ForgedList, ThatNeverComesIsRefused) {
    expect_refused_at_once({"hang", "HUNG"}, {.arguments = {"--timeout", "2s"}});
}

INSTANTIATE_TEST_SUITE_P(All, ForgedList, testing::ValuesIn(refused_at_once),
                         [](const auto& refused) { return std::string(refused.param.lie); });

}  // namespace
}  // namespace racepair::lying
