#include "report/console.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include "sample_results.hpp"

namespace racepair::report {
namespace {

using namespace judge;

const Style plain_text{};
const Style in_colour{.colour = true, .width = 80};
constexpr const char* escape = "\x1b[";

TEST(Console, ShowsACatchWithItsAccesses) {
    EXPECT_EQ(text_of(racy_under_tsan(), plain_text),
              "✓ CAUGHT           counters.sample.racy  flagged 7/10 (39.7 % to 89.2 %) · "
              "wrong 7/10 (39.7 % to 89.2 %)\n"
              "    data-race write thread 2  sample.cpp:14  ++ops;\n"
              "    data-race read  thread 1  sample.cpp:15  return ops;\n");
}

TEST(Console, ShowsARepairOnOneLine) {
    EXPECT_EQ(text_of(fixed_under_tsan(), plain_text),
              "✓ CLEAN            counters.sample.fixed  flagged 0/50 (below 6.00 %) · "
              "wrong 0/50 (below 6.00 %)\n");
    EXPECT_EQ(text_of(fixed_under_plain(), plain_text),
              "✓ CLEAN            counters.sample.fixed  wrong 0/1000 (below 0.30 %)\n");
}

TEST(Console, SaysWhyABlindSpotIsExpected) {
    auto result = racy_under_plain();
    result.verdict = Verdict::missed;
    result.expectation = {Stance::blind, "the loop is folded into one addition", 0.9, false};
    EXPECT_EQ(text_of(result, plain_text),
              "✓ MISSED           counters.sample.racy  wrong 900/1000 (88.0 % to 91.7 %)\n"
              "    as expected, blind: the loop is folded into one addition\n");
}

TEST(Console, TellsAllThatIsNeededToActOnAFailure) {
    EXPECT_EQ(text_of(missed_under_tsan(), plain_text),
              "✗ MISSED           counters.sample.racy under tsan\n"
              "  expected   must flag; outcome 50000\n"
              "  seen       not one report; outcome wrong in 0/10 (below 30.0 %) trials\n"
              "             something else to know\n"
              "  note       neutralised report_bugs=0 of TSAN_OPTIONS\n"
              "  where      /cases/sample.cpp:40\n"
              "  why        A detector that misses a race which is known to be there would miss an "
              "unknown one too.\n"
              "  reproduce  racepair judge /build/cases --detector tsan --filter "
              "counters.sample.racy\n"
              "  its output:\n"
              "    | its own line\n");
}

TEST(Console, LeavesOutTheRuntimesSumOfReports) {
    auto result = missed_under_tsan();
    result.log = "its own line\nThreadSanitizer: reported 1 warnings\n";
    EXPECT_EQ(log_of_case(result), "its own line\n") << "it counts the canary's race";
    result.log = "ThreadSanitizer: reported 2 warnings\n";
    EXPECT_EQ(log_of_case(result), "");
    result.log = "I: ThreadSanitizer: reported 1 warnings\n";
    EXPECT_EQ(log_of_case(result), result.log) << "its own words";
}

TEST(Console, TellsTheBoundOfABlindSpotThatShowed) {
    auto result = racy_under_tsan();
    result.as_expected = false;
    result.expectation = {Stance::blind, "rare", 0.1, false};
    const auto text = text_of(result, plain_text);
    EXPECT_NE(
        text.find(
            "expected   blind: rare (in at most 10 % of the trials it may show); outcome 50000\n"),
        std::string::npos)
        << text;
    EXPECT_NE(text.find("  report     data-race: write of 4 bytes by thread 2 at sample.cpp:14 in "
                        "sample::Racy::add(), read of 4 bytes"),
              std::string::npos)
        << text;
    result.expectation = {Stance::blind, "no data race", 0, true};
    result.info.expected = {"1", "2"};
    EXPECT_NE(
        text_of(result, plain_text)
            .find("expected   blind: no data race; silent, and the outcome wrong in at least one "
                  "trial; outcome 1 or 2\n"),
        std::string::npos);
}

TEST(Console, ALongLogIsClipped) {
    auto result = missed_under_tsan();
    result.log.clear();
    for (int i = 0; i < 100; ++i) result.log += std::string(500, 'x') + "\n";
    const auto lines = lines_of(text_of(result, plain_text));
    EXPECT_EQ(lines.back(), "    | …");
    std::size_t quoted = 0;
    for (const auto& line : lines) {
        if (line.starts_with("    | x")) {
            ++quoted;
            EXPECT_LE(line.size(), 170u);
        }
    }
    EXPECT_EQ(quoted, 30u);
}

TEST(Console, ColoursOnlyWhereItMay) {
    for (const auto& result : {racy_under_tsan(), fixed_under_plain(), missed_under_tsan()}) {
        EXPECT_EQ(text_of(result, plain_text).find('\x1b'), std::string::npos);
        const auto coloured = text_of(result, in_colour);
        EXPECT_NE(coloured.find(escape), std::string::npos);

        std::string stripped;
        for (std::size_t i = 0; i < coloured.size(); ++i) {
            if (coloured[i] == '\x1b') {
                i = coloured.find('m', i);
                continue;
            }
            stripped += coloured[i];
        }
        EXPECT_EQ(stripped, text_of(result, plain_text)) << "colour changes the text";
    }
}

TEST(Console, RedIsForFailuresOnly) {
    EXPECT_TRUE(
        text_of(fixed_under_tsan(), in_colour).starts_with("\x1b[32m✓\x1b[0m \x1b[32mCLEAN "));
    EXPECT_TRUE(
        text_of(missed_under_tsan(), in_colour).starts_with("\x1b[31m✗\x1b[0m \x1b[31mMISSED "));
    for (const auto& result : sample_results())
        EXPECT_EQ(text_of(result, in_colour).find("\x1b[31m"), std::string::npos) << result.name;
}

TEST(Console, SumsUpTheFourCells) {
    EXPECT_EQ(summary_of(sample_results(), plain_text),
              "\n"
              "  trials      outcome wrong  outcome right\n"
              "  flagged                 7              0\n"
              "  silent                900           1153\n"
              "\n"
              "  2 CAUGHT  2 CLEAN  \n"
              "  all 4 as expected\n");
}

TEST(Console, WithoutADetectorOfReportsNobodyWatched) {
    EXPECT_EQ(summary_of({racy_under_plain()}, plain_text),
              "\n"
              "  trials      outcome wrong  outcome right\n"
              "  not watched           900            100\n"
              "\n"
              "  1 CAUGHT  \n"
              "  all 1 as expected\n");
}

TEST(Console, NamesWhatIsNotAsExpected) {
    const auto text = summary_of({fixed_under_tsan(), missed_under_tsan()}, plain_text);
    EXPECT_TRUE(text.ends_with("  1 of 2 not as expected:\n    MISSED counters.sample.racy\n"))
        << text;
    EXPECT_EQ(text.find("all"), std::string::npos);
    EXPECT_NE(summary_of({missed_under_tsan()}, in_colour).find("\x1b[31m"), std::string::npos);
}

TEST(Console, NoColourWithoutATerminal) {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    EXPECT_FALSE(style_for(pipe_ends[1]).colour);
    EXPECT_EQ(style_for(pipe_ends[1]).width, 80);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
}

TEST(Console, NoColourWhereThePersonWantsNone) {
    const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    ASSERT_GE(terminal, 0);
    ASSERT_EQ(grantpt(terminal), 0);
    ASSERT_EQ(unlockpt(terminal), 0);
    unsetenv("NO_COLOR");
    EXPECT_TRUE(style_for(terminal).colour);
    setenv("NO_COLOR", "", 1);
    EXPECT_TRUE(style_for(terminal).colour) << "no-color.org: only if not empty";
    setenv("NO_COLOR", "1", 1);
    EXPECT_FALSE(style_for(terminal).colour);
    unsetenv("NO_COLOR");
    close(terminal);
}

}  // namespace
}  // namespace racepair::report
