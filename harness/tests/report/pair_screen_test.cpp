#include "report/pair_screen.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "sample_results.hpp"

namespace racepair::report {
namespace {

using namespace judge;

constexpr const char* name = "counters.sample";

std::string screen_of(const std::vector<Result>& results) { return pair_screen(results, name, {}); }

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string without_blanks_behind(const std::string& line) {
    return line.substr(0, line.find_last_not_of(' ') + 1);
}

void expect_to_fit(const std::string& screen) {
    const auto lines = lines_of(screen);
    EXPECT_LE(lines.size(), 24u);
    for (const auto& line : lines) {
        EXPECT_LE(columns_of(line), 80u) << line;
        for (const unsigned char byte : line) EXPECT_GE(byte, 0x20) << line;
    }
}

TEST(PairScreen, ShowsTheCaseOnOneScreen) {
    const std::vector<std::string> expected = {
        " counters.sample   50 threads × 1000 rounds, right: 50000",
        " ++ is three steps, and an update in between them is lost.",
        "────────────────────────────────────────────────────────────────────────────────",
        " struct Racy {                       │ struct Fixed {",
        "   int ops = 0;                      │   std::atomic<int> ops = 0;",
        "   void add() { ++ops; }             │   void add() { ++ops; }",
        " };                                  │ };",
        "── outcomes of 1000 trials each, plain runs ────────────────────────────────────",
        "  31000–34799 ██ 200                 │  31000–34799",
        "  34800–38599                        │  34800–38599",
        "  38600–42399 ███████ 700            │  38600–42399",
        "  42400–46199                        │  42400–46199",
        "  46200–49999                        │  46200–49999",
        "        50000 █ 100          ◀ right │        50000 ██████████ 1000     ◀ right",
        "── ThreadSanitizer of clang 14.0.6 ─────────────────────────────────────────────",
        " data-race in 7 of 10 trials of racy, none in 50 of fixed",
        "  thread 2   writes 4 bytes  sample.cpp:14  ++ops;",
        "  thread 1   reads 4 bytes  sample.cpp:15  return ops;",
        "── verdicts ────────────────────────────────────────────────────────────────────",
        " plain CAUGHT wrong 900/1000         │ CLEAN wrong 0/1000",
        " tsan  CAUGHT flagged 7/10           │ CLEAN flagged 0/50",
    };
    const auto lines = lines_of(screen_of(sample_results()));
    for (std::size_t i = 0; i < std::min(lines.size(), expected.size()); ++i)
        EXPECT_EQ(without_blanks_behind(lines[i]), expected[i]);
    EXPECT_EQ(lines.size(), expected.size());
}

TEST(PairScreen, FitsWithWhateverDetectorsThereAre) {
    expect_to_fit(screen_of(sample_results()));
    const auto plain = screen_of({racy_under_plain(), fixed_under_plain()});
    expect_to_fit(plain);
    EXPECT_FALSE(has(plain, "ThreadSanitizer"));
    EXPECT_TRUE(has(plain, "plain runs"));
    const auto tsan = screen_of({racy_under_tsan(), fixed_under_tsan()});
    expect_to_fit(tsan);
    EXPECT_TRUE(has(tsan, "outcomes of 10 trials each, under ThreadSanitizer"));
    EXPECT_FALSE(has(tsan, "plain"));
}

TEST(PairScreen, FitsWithTheLongestTexts) {
    auto results = sample_results();
    for (auto& result : results) {
        result.info.lesson =
            "Ein sehr langer Satz über ein „Wettrennen“ – " + std::string(300, 'x');
        result.info.expected = {"50000", std::string(100, 'y')};
        result.info.threads = result.info.rounds = 2'000'000'000;
        result.identity.compiler_version = "14.0.6 (" + std::string(100, 'z') + ")";
        result.definition = std::string(200, 'c') + "\n";
        for (int i = 0; i < 50; ++i)
            result.definition += "\tint ünïcode_" + std::to_string(i) + ";\r\n";
        result.trials = 1'000'000'000'000;
        result.outcomes[0].count = 999'999'999'999;
        result.code["/cases/sample.cpp:14"] = std::string(200, '+');
        for (auto& report : result.reports) {
            report.kind = std::string(90, 'k');
            for (int i = 0; i < 4; ++i) report.accesses.push_back(report.accesses[0]);
        }
    }
    expect_to_fit(screen_of(results));
}

TEST(PairScreen, FitsWithTheLongestName) {
    auto results = sample_results();
    const std::string longest = "mechanism." + std::string(100, 'n');
    for (auto& result : results) result.info.name = longest;
    expect_to_fit(pair_screen(results, longest, {}));
}

TEST(PairScreen, ShowsOutcomesThatAreNoNumbers) {
    auto results = sample_results();
    for (auto& result : results) {
        result.info.expected = {"whole"};
        result.outcomes = {{"whole", false, 10},
                           {"threw a long story\nof two lines and a \x1b[31mcolour", false, 90}};
    }
    results[0].trials = 100;
    const auto screen = screen_of(results);
    expect_to_fit(screen);
    EXPECT_TRUE(has(screen, "threw a lon… █████████ 90 ")) << screen;
    EXPECT_TRUE(has(screen, "       whole █ 10 ")) << screen;
}

TEST(PairScreen, ABarIsLeftForWhatIsRare) {
    auto results = sample_results();
    results[0].outcomes = {{"49999", false, 1}, {"50000", false, 999}};
    EXPECT_TRUE(has(screen_of(results), "█ 1 ")) << screen_of(results);
}

TEST(PairScreen, SaysThatNothingWasReported) {
    auto results = sample_results();
    results[2].reports.clear();
    results[2].cells = {0, 0, 7, 3};
    const auto screen = screen_of(results);
    EXPECT_TRUE(has(screen, " racy: not one report\n"));
    expect_to_fit(screen);
}

TEST(PairScreen, DoesNotHideThatTheRepairWasFlagged) {
    auto results = sample_results();
    results[3].cells = {0, 3, 0, 47};
    EXPECT_TRUE(has(screen_of(results), "7 of 10 trials of racy, 3 in 50 of fixed"));
}

TEST(PairScreen, ColoursVerdictsByWhetherTheyAreAsExpected) {
    auto results = sample_results();
    results[0].verdict = Verdict::missed;
    results[0].as_expected = false;
    const auto screen = pair_screen(results, name, {.colour = true, .width = 80});
    EXPECT_TRUE(has(screen, "\x1b[31mMISSED wrong 900/1000"));
    EXPECT_TRUE(has(screen, "\x1b[32mCLEAN wrong 0/1000"));
    EXPECT_FALSE(has(screen_of(results), "\x1b"));
}

TEST(PairScreen, NeedsARacyAndAFixedVariantOfOneDetector) {
    const std::vector<std::vector<Result>> incomplete = {
        {},
        {racy_under_plain()},
        {fixed_under_tsan()},
        {racy_under_plain(), fixed_under_tsan()},
    };
    for (const auto& results : incomplete) EXPECT_THROW(screen_of(results), std::runtime_error);
    try {
        pair_screen(sample_results(), "counters.other", {});
        FAIL() << "nothing was thrown";
    } catch (const std::runtime_error& thrown) {
        EXPECT_TRUE(has(thrown.what(), "counters.other"));
        EXPECT_TRUE(has(thrown.what(), "Next: racepair judge"));
    }
}

TEST(PairScreen, WorksWithoutAnyTrialOrOutcome) {
    auto results = sample_results();
    for (auto& result : results) {
        result.trials = 0;
        result.outcomes.clear();
        result.info.expected.clear();
        result.definition.clear();
        result.cells = {};
    }
    expect_to_fit(screen_of(results));
}

}  // namespace
}  // namespace racepair::report
