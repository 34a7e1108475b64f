// Subjects that lie by what they do: each is refused with the verdict that says what it did.

#include <algorithm>

#include "answer_checks.hpp"

namespace racepair::lying {
namespace {

constexpr bool instrumented = RACEPAIR_LYING_INSTRUMENTED;

struct Liar {
    const char* name;
    Verdict plain, tsan;
    const char* options = "--trials=10";

    Verdict verdict() const { return instrumented ? tsan : plain; }
};

void PrintTo(const Liar& liar, std::ostream* out) { *out << liar.name; }

constexpr const char* limited = "--timeout=3s";
constexpr auto crashed = Verdict::crashed, hung = Verdict::hung, missed = Verdict::missed;
constexpr auto wrong_outcome = Verdict::wrong_outcome, wrong_race = Verdict::wrong_race;
constexpr auto false_alarm = Verdict::false_alarm, not_run = Verdict::not_run;

// clang-format off
const Liar liars[] = {
    // name                                       plain          tsan
    {"crash.before_trials.racy",                  crashed,       crashed},
    {"crash.before_trials.fixed",                 crashed,       crashed},
    {"crash.before_first_trial.racy",             crashed,       crashed},
    {"crash.before_first_trial.fixed",            crashed,       crashed},
    {"crash.during_trials.racy",                  crashed,       crashed},
    {"crash.during_trials.fixed",                 crashed,       crashed},
    {"crash.during_trials.in_thread",             crashed,       crashed},
    {"crash.after_trials.racy",                   crashed,       crashed},
    {"crash.after_trials.fixed",                  crashed,       crashed},
    {"crash.after_trials.after_goodbye",          crashed,       crashed},
    {"departure.in_trial.racy",                   crashed,       crashed},
    {"departure.in_trial.exit",                   crashed,       crashed},
    {"departure.in_trial.underscore_exit",        crashed,       crashed},
    {"departure.in_trial.fork",                   crashed,       crashed},
    {"departure.in_trial.exception",              wrong_outcome, wrong_outcome},
    {"departure.in_trial.no_exception",           wrong_outcome, wrong_outcome},
    {"departure.in_trial.exception_in_thread",    crashed,       crashed},
    {"departure.before_trials.exit",              not_run,       not_run},
    {"hang.of_subject.racy",                      hung,          hung,          limited},
    {"hang.of_subject.fixed",                     hung,          hung,          limited},
    {"hang.of_subject.deaf",                      hung,          hung,          limited},
    {"hang.of_subject.in_thread",                 hung,          hung,          limited},
    {"hang.of_subject.at_exit",                   hung,          hung,          limited},
    {"alibi.race_elsewhere.racy",                 missed,        wrong_race},
    {"alibi.wrong_kind.racy",                     missed,        wrong_race},
    {"swapped.pair.racy",                         missed,        missed},
    {"swapped.pair.fixed",                        wrong_outcome, false_alarm},
    {"swapped.disabled.DISABLED_fixed",           wrong_outcome, false_alarm},
    {"swapped.empty.racy",                        wrong_outcome, wrong_outcome},
    {"swapped.empty.fixed",                       wrong_outcome, wrong_outcome},
    {"swapped.empty_in_company.racy",             wrong_outcome, wrong_outcome},
    {"swapped.almost_right.fixed",                wrong_outcome, wrong_outcome, "--trials=1000"},
    {"unruly.and_wrong.leaves_orphan",            wrong_outcome, wrong_outcome},
    {"unruly.and_wrong.forks",                    wrong_outcome, wrong_outcome},
    {"unruly.and_wrong.floods",                   wrong_outcome, wrong_outcome},
};
// clang-format on

Answer judge_liar(const std::string& name, const std::string& options = "--trials=10") {
    return judge_subject(RACEPAIR_LIARS, {.arguments = {"--filter", name, options}});
}

std::string as_test_name(std::string name) {
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

class LyingSubject : public testing::TestWithParam<Liar> {};

TEST_P(LyingSubject, IsRefused) {
    expect_refused(judge_liar(GetParam().name, GetParam().options), GetParam().verdict());
}

INSTANTIATE_TEST_SUITE_P(All, LyingSubject, testing::ValuesIn(liars),
                         [](const auto& liar) { return as_test_name(liar.param.name); });

class Refusal : public testing::TestWithParam<Liar> {};

TEST_P(Refusal, IsReproducedByTheCommandThatItPrints) {
    const auto answer = judge_liar(GetParam().name, GetParam().options);
    expect_refused(answer, GetParam().verdict());
    expect_reproducible(answer);
}

// clang-format off
/// One for each verdict that a liar gets.
const Liar reproduced[] = {
    {"crash.during_trials.fixed",  crashed,       crashed},
    {"hang.of_subject.fixed",      hung,          hung,          limited},
    {"alibi.race_elsewhere.racy",  missed,        wrong_race},
    {"swapped.pair.racy",          missed,        missed},
    {"swapped.pair.fixed",         wrong_outcome, false_alarm},
    {"swapped.almost_right.fixed", wrong_outcome, wrong_outcome, "--trials=1000"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(All, Refusal, testing::ValuesIn(reproduced),
                         [](const auto& liar) { return as_test_name(liar.param.name); });

TEST(LyingSubject, SaysHowOftenTheOneWrongTrialWasSeen) {
    const auto answer = judge_liar("swapped.almost_right.fixed", "--trials=1000");
    EXPECT_TRUE(answer.says("1/1000")) << answer.text;
    EXPECT_TRUE(answer.says("49999 instead of 50000")) << answer.text;
}

TEST(LyingSubject, SaysThatAnEmptyBodyIsWrongWithoutAnyRace) {
    const auto answer = judge_liar("swapped.empty.racy");
    EXPECT_TRUE(answer.says("with a single thread the outcome is 0, expected 1")) << answer.text;
}

TEST(LyingSubject, IsRefusedByAControlForItsEmptyBodyAlone) {
    const auto answer = judge_liar("swapped.empty_in_company.racing");
    ASSERT_EQ(answer.results.size(), 1u) << answer.text;
    EXPECT_EQ(answer.results.front().verdict, Verdict::caught) << answer.text;
}

TEST(LyingSubject, CannotTurnOneFailureIntoAPassOfTheOthers) {
    const auto answer = judge_liar("swapped.pair.*:unruly.subject.floods");
    ASSERT_EQ(answer.results.size(), 3u) << answer.text;
    EXPECT_EQ(answer.exit_code, judge::exit_not_as_expected);
    EXPECT_TRUE(answer.says("2 of 3 not as expected")) << answer.text;
}

/// The honest pair under the same conditions: what is refused above is refused for its lie.
TEST(HonestSubject, IsBelieved) {
    const auto answer = judge_liar("honest.pair.*");
    ASSERT_EQ(answer.results.size(), 2u) << answer.text;
    EXPECT_EQ(answer.exit_code, judge::exit_as_expected) << answer.text;
    EXPECT_EQ(answer.results[0].verdict, Verdict::caught) << answer.text;
    EXPECT_EQ(answer.results[1].verdict, Verdict::clean) << answer.text;
}

class UnrulySubject : public testing::TestWithParam<const char*> {};

TEST_P(UnrulySubject, DoesNotSpoilTheEvidence) {
    const auto answer = judge_liar(std::string("unruly.subject.") + GetParam(), "--trials=20");
    ASSERT_EQ(answer.results.size(), 1u) << answer.text;
    const auto& result = answer.results.front();
    EXPECT_EQ(result.verdict, Verdict::clean) << answer.text;
    EXPECT_EQ(result.trials, 20) << "each trial counts once, whoever ran it as well";
    EXPECT_EQ(answer.exit_code, judge::exit_as_expected);
}

INSTANTIATE_TEST_SUITE_P(All, UnrulySubject, testing::Values("leaves_orphan", "forks", "floods"),
                         [](const auto& name) { return std::string(name.param); });

TEST(UnrulySubject, DoesNotKeepItsOrphan) {
    const auto answer = judge_liar("unruly.subject.leaves_orphan");
    ASSERT_EQ(answer.results.size(), 1u) << answer.text;
    const auto& result = answer.results.front();
    EXPECT_GE(result.orphans, 1);
    const std::string word = "\norphan ";
    const auto at = result.log.find(word);
    ASSERT_NE(at, std::string::npos) << result.log;
    EXPECT_TRUE(is_gone(std::stoi(result.log.substr(at + word.size()))));
}

TEST(UnrulySubject, DoesNotFloodTheResults) {
    const auto answer = judge_liar("unruly.subject.floods");
    ASSERT_EQ(answer.results.size(), 1u) << answer.text;
    EXPECT_GT(answer.results.front().log_dropped, 1'000'000);
    EXPECT_LT(answer.results.front().log.size(), 300'000u);
    EXPECT_LT(answer.text.size(), 10'000u);
}

}  // namespace
}  // namespace racepair::lying
