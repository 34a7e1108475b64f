// `judge --baseline`: what was known before does not fail, and nothing else is let through with it.

#include <gtest/gtest.h>

#include "call.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::lying {
namespace {

Answer judge_forged(const std::string& filter, const std::string& baseline) {
    Words words = {"--filter", filter, "--trials", "10"};
    if (!baseline.empty()) words.insert(words.end(), {"--baseline", baseline});
    return judge_subject(RACEPAIR_FORGER, {.arguments = words});
}

class Baseline : public testing::Test {
   protected:
    Baseline() { judge::write_results({"", "", judge_forged(in_place, "").results}, known); }

    static constexpr const char* in_place = "forged.repair_flagged_in_place.fixed";
    const TemporaryDirectory directory;
    const std::string known = directory / "known.json";
};

TEST_F(Baseline, LetsAKnownRaceThroughAndSaysSo) {
    EXPECT_EQ(judge_forged(in_place, "").exit_code, judge::exit_not_as_expected);
    const auto answer = judge_forged(in_place, known);
    EXPECT_EQ(answer.exit_code, judge::exit_as_expected) << answer.text;
    EXPECT_TRUE(answer.says("known data-race: step.cpp forged::Fixed::step")) << answer.text;
    ASSERT_EQ(answer.results.size(), 1u);
    EXPECT_FALSE(answer.results[0].as_expected) << "the results say what was seen";
}

TEST_F(Baseline, FailsForANewRace) {
    judge::write_results({"", "", judge_forged("forged.nothing.*", "").results}, known);
    const auto answer = judge_forged(in_place, known);
    EXPECT_EQ(answer.exit_code, judge::exit_not_as_expected) << answer.text;
    EXPECT_TRUE(answer.says("new   data-race: step.cpp forged::Fixed::step")) << answer.text;
}

TEST_F(Baseline, DoesNotKnowARaceWithoutAPlace) {
    const auto* nowhere = "forged.repair_flagged.fixed";
    judge::write_results({"", "", judge_forged(nowhere, "").results}, known);
    const auto answer = judge_forged(nowhere, known);
    EXPECT_EQ(answer.exit_code, judge::exit_not_as_expected) << answer.text;
}

TEST_F(Baseline, LetsNothingElseThrough) {
    for (const std::string lie :
         {"canary_unflagged.fixed", "all_right_and_exit_3.fixed", "silent_and_magic_line.racy"}) {
        judge::write_results({"", "", judge_forged("forged." + lie, "").results}, known);
        const auto answer = judge_forged("forged." + lie, known);
        EXPECT_GT(answer.exit_code, judge::exit_as_expected) << lie << "\n" << answer.text;
    }
}

TEST_F(Baseline, ListsWhatIsGone) {
    const auto answer = judge_forged("forged.nothing.fixed", known);
    EXPECT_EQ(answer.exit_code, judge::exit_as_expected) << answer.text;
    EXPECT_TRUE(answer.says("gone  data-race: step.cpp forged::Fixed::step (not looked for)"))
        << answer.text;
}

TEST_F(Baseline, ThatCannotBeReadIsRefusedFirst) {
    const auto answer = judge_forged(in_place, directory / "missing.json");
    EXPECT_EQ(answer.exit_code, judge::exit_usage);
    EXPECT_TRUE(answer.results.empty());
}

}  // namespace
}  // namespace racepair::lying
