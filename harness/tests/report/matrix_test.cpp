#include "report/matrix.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "sample_results.hpp"

namespace racepair::report {
namespace {

using judge::Verdict;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// The line that begins with a name, with its words one blank apart.
std::string line(const std::string& text, const std::string& name) {
    for (const auto& line : lines_of(text)) {
        if (!line.starts_with(name)) continue;
        std::string words;
        for (const char letter : line)
            if (letter != ' ' || (!words.empty() && words.back() != ' ')) words += letter;
        return words;
    }
    return "there is no line " + name;
}

TEST(Matrix, CrossesVariantsWithLanes) {
    const auto text = matrix_of(sample_results(), {});
    EXPECT_TRUE(has(text, "counters.sample\n")) << text;
    EXPECT_EQ(line(text, "  racy"), "racy caught caught");
    EXPECT_EQ(line(text, "  fixed"), "fixed silent silent");
    EXPECT_EQ(line(text, "true positives"), "true positives 1 1");
    EXPECT_EQ(line(text, "true negatives"), "true negatives 1 1");
    EXPECT_EQ(line(text, "precision"), "precision 1.00 1.00");
    EXPECT_EQ(line(text, "recall"), "recall 1.00 1.00");
    EXPECT_TRUE(has(text, "all 4 as expected")) << text;
}

TEST(Matrix, LeavesACellOpenWhereALaneDidNotJudge) {
    const auto text = matrix_of({racy_under_plain(), racy_under_tsan(), fixed_under_tsan()}, {});
    EXPECT_EQ(line(text, "  fixed"), "fixed · silent");
}

TEST(Matrix, ShoutsWhatIsNotExpectedAndSaysHowToSeeItAgain) {
    const auto missed = missed_under_tsan();
    const auto text = matrix_of({racy_under_plain(), missed}, {});
    EXPECT_TRUE(line(text, "  racy").ends_with(" MISSED")) << text;
    EXPECT_TRUE(has(text, "1 of 2 not as expected")) << text;
    EXPECT_TRUE(has(text, missed.reproduce)) << text;
}

TEST(Matrix, LetsTheResultCountThatIsNotAsExpected) {
    auto good = racy_under_tsan(), bad = good;
    bad.verdict = Verdict::missed;
    bad.as_expected = false;
    for (const auto& both : {std::vector{good, bad}, std::vector{bad, good}})
        EXPECT_TRUE(has(matrix_of(both, {}), "1 of 1 not as expected"));
}

TEST(Score, CountsWhatIsBrokenAndWhatIsRight) {
    Score score;
    auto racy = racy_under_tsan(), fixed = fixed_under_tsan();
    score.add(racy);
    racy.verdict = Verdict::wrong_outcome;  // silent, and wrong all the same
    score.add(racy);
    racy.info.variants[0].defect = "race_condition";
    racy.verdict = Verdict::caught;  // by its outcome: there is no data race
    score.add(racy);
    for (const auto verdict :
         {Verdict::crashed, Verdict::hung, Verdict::tool_error, Verdict::not_instrumented}) {
        racy.verdict = verdict;
        score.add(racy);
    }
    score.add(fixed);
    fixed.verdict = Verdict::false_alarm;
    score.add(fixed);
    EXPECT_EQ(score.true_positives, 2);
    EXPECT_EQ(score.false_negatives, 1);
    EXPECT_EQ(score.true_negatives, 1);
    EXPECT_EQ(score.false_positives, 1);
    EXPECT_EQ(score.unjudged, 4);
    EXPECT_EQ(score.races, 2);
    EXPECT_EQ(score.races_caught, 1);
}

TEST(Matrix, TellsPrecisionFromRecall) {
    auto missed = missed_under_tsan();
    missed.name += "_too";
    const auto text = matrix_of({racy_under_tsan(), missed, fixed_under_tsan()}, {});
    EXPECT_EQ(line(text, "precision"), "precision 1.00");
    EXPECT_EQ(line(text, "recall"), "recall 0.50");
    EXPECT_EQ(line(text, "… of data races"), "… of data races 0.50");
}

TEST(Matrix, ShowsLanesInTheOrderOfDetectorsWhateverCameFirst) {
    auto results = sample_results();
    std::reverse(results.begin(), results.end());
    const auto text = matrix_of(results, {});
    EXPECT_LT(text.find("plain"), text.find("tsan")) << text;
    EXPECT_EQ(text.substr(text.find_first_not_of(' '), 5), "plain") << text;
}

TEST(Matrix, KeepsBuildsOfOneDetectorApart) {
    auto clang = racy_under_tsan(), gcc = clang;
    clang.identity.compiler = "clang";
    clang.identity.compiler_version = "14.0.6";
    gcc.identity.compiler = "gcc";
    gcc.identity.compiler_version = "12.2.0";
    EXPECT_FALSE(lane_of(clang) == lane_of(gcc));
    const auto text = matrix_of({clang, gcc}, {});
    EXPECT_EQ(line(text, "  racy"), "racy caught caught");
    EXPECT_TRUE(has(text, "clang 14  gcc 12")) << text;
    auto plain = racy_under_plain(), optimised = plain;
    plain.identity.optimised = false;
    optimised.identity.optimised = true;
    EXPECT_FALSE(lane_of(plain) == lane_of(optimised));
}

}  // namespace
}  // namespace racepair::report
