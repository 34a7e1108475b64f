#include "report/exploration_screen.hpp"

#include <gtest/gtest.h>

#include "sample_results.hpp"

namespace racepair::report {
namespace {

using namespace judge;

const Style plain_text{};

std::string screen(const Result& result, const Exploring& asked = {}) {
    return exploration_screen(result, asked, "racepair replay cases", plain_text);
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(ExplorationScreen, ShowsOutcomesFindingsAndTheSchedule) {
    const auto text = screen(racy_under_explore());
    EXPECT_TRUE(
        text.starts_with("counters.sample.racy   2 × 2, right: 4\n"
                         " outcomes of all 34 schedules of 2 × 2\n"
                         "               2 ███████████████ 12\n"
                         "               3 ███████████████████ 16\n"
                         "               4 ████████ 6 ◀ right\n"
                         " found\n"
                         "  data-race  thread 2 writes  sample.cpp:14  ++ops;\n"
                         "             thread 1 reads   sample.cpp:15  return ops;\n"
                         "             nothing orders the two: "))
        << text;
    EXPECT_TRUE(has(text, " shortest failing schedule, 2 switches\n line  thread 1")) << text;
    EXPECT_TRUE(has(text, "  schedule rp1-1f-1.3-2.8-1.4\n")) << text;
    EXPECT_TRUE(has(text,
                    " ✓ CAUGHT  all 34 schedules of 2 × 2, strategy dpor\n"
                    "  first seen in schedule 2\n"))
        << text;
}

TEST(ExplorationScreen, ShowsWhereAValueWasHandedOverWithoutOrder) {
    auto result = racy_under_explore();
    result.reports.resize(1);
    auto& report = result.reports.at(0);
    report.handover = {report.accesses.at(1).stack, report.accesses.at(0).stack};
    report.what = "the store does not release: no order";
    const auto text = screen(result);
    EXPECT_TRUE(has(text,
                    "             thread 1 stores  sample.cpp:15  return ops;\n"
                    "             thread 2 loads   sample.cpp:14  ++ops;\n"
                    "             the store does not release: no order\n"))
        << text;
    EXPECT_FALSE(has(text, "nothing orders the two")) << text;
}

TEST(ExplorationScreen, AlwaysSaysThatWeakOutcomesAreNotModelled) {
    EXPECT_TRUE(
        has(screen(fixed_under_explore()), " limit: schedules are sequentially consistent"));
    EXPECT_TRUE(has(screen(fixed_under_explore()), "CLEAN  all 6 schedules of 2 × 2"));
}

TEST(ExplorationScreen, DoesNotSayAllOfAPart) {
    auto result = fixed_under_explore();
    result.explored->exhausted = false;
    result.explored->because = "time";
    result.verdict = Verdict::not_run;
    result.as_expected = false;
    auto text = screen(result);
    EXPECT_FALSE(has(text, "all 6 schedules")) << text;
    EXPECT_TRUE(has(text, "✗ NOT_RUN  6 schedules of 2 × 2, not all")) << text;
    EXPECT_TRUE(has(text, " limit: 6 schedules explored, not all: time was up; raise --budget"))
        << text;
    result.explored->pending = 9;
    EXPECT_TRUE(has(screen(result), "6 schedules of at least 15 of 2 × 2"));
    EXPECT_TRUE(has(exploration_line(result, plain_text), "6 schedules of at least 15"));
}

TEST(ExplorationScreen, NamesEachLimit) {
    auto result = fixed_under_explore();
    result.explored->spin_was_cut = true;
    EXPECT_TRUE(has(screen(result), " limit: spin loops are cut to their first two rounds"));
    result.explored->exhausted = false;
    result.explored->limit = "the case is not deterministic: the same schedule led to other steps";
    const auto text = screen(result);
    EXPECT_TRUE(has(text, " case: 6 schedules explored, not all: the case is not")) << text;
}

TEST(ExplorationScreen, ComputesTheGuaranteeOfPct) {
    auto result = racy_under_explore();
    result.explored->exhausted = false;
    result.explored->because = "executions";
    result.explored->strategy = "pct";
    result.explored->depth = 3;
    result.explored->pct_threads = 4;
    result.explored->pct_steps = 10;
    const auto text = screen(result);
    EXPECT_TRUE(has(text, "1/(n·k^(d−1)) = 1/(4·10^2) = 0.0025")) << text;
    EXPECT_TRUE(has(text, "strategy pct, seed 1")) << text;
}

TEST(ExplorationScreen, FitsInto80ColumnsButForCommands) {
    auto result = racy_under_explore();
    result.reports[0].what = std::string(200, 'w');
    result.code["/cases/sample.cpp:14"] = std::string(200, 'x');
    result.seen = "one word after the other " + std::string(70, 's') + " and on and on and on";
    result.as_expected = false;
    for (const auto& line : lines_of(screen(result)))
        if (!line.starts_with("  replay") && !line.starts_with("  schedule")) {
            EXPECT_LE(columns_of(line), 80u) << line;
        }
}

TEST(ExplorationScreen, MarksEachOutcomeThatIsRight) {
    auto result = fixed_under_explore();
    result.info.expected = {"left", "right"};
    result.outcomes = {{"left", false, 2}, {"right", false, 4}};
    const auto text = screen(result);
    EXPECT_TRUE(has(text, " 2 ◀ right\n")) << text;
    EXPECT_TRUE(has(text, " 4 ◀ right\n")) << text;
}

TEST(NoiseScreen, StatesChanceAndWhatWasNotLookedFor) {
    auto result = racy_under_plain();
    const auto text = noise_screen(result, plain_text);
    EXPECT_TRUE(has(text, "wrong in 900/1000 (88.0 % to 91.7 %) trials")) << text;
    EXPECT_TRUE(has(text, "no race was looked for")) << text;
}

}  // namespace
}  // namespace racepair::report
