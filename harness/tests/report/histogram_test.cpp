#include "report/histogram.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace racepair::report {
namespace {

using judge::OutcomeCount;

/// "label:count", and "label:count right" for the expected one.
std::vector<std::string> rows(const Histogram& histogram,
                              const std::vector<OutcomeCount>& outcomes) {
    std::vector<std::string> rows;
    for (const auto& bar : histogram.bars(outcomes))
        rows.push_back(bar.label + ":" + std::to_string(bar.count) + (bar.right ? " right" : ""));
    return rows;
}

using Rows = std::vector<std::string>;

TEST(Histogram, PutsNumbersIntoRangesOfEqualWidth) {
    const std::vector<OutcomeCount> all = {
        {"10", false, 1}, {"19", true, 2}, {"20", false, 3}, {"49", false, 4}, {"50", false, 5}};
    const Histogram histogram(all, "50", 5);
    EXPECT_EQ(rows(histogram, all),
              (Rows{"10–19:3", "20–29:3", "30–39:0", "40–49:4", "50:5 right"}));
}

TEST(Histogram, GivesTheRightOneARowOfItsOwn) {
    const std::vector<OutcomeCount> all = {{"4", false, 1}, {"5", false, 2}, {"6", false, 3}};
    EXPECT_EQ(rows(Histogram(all, "5", 4), all), (Rows{"4:1", "5:0", "6:3", "5:2 right"}));
}

TEST(Histogram, ReachesAboveTheRightOne) {
    const std::vector<OutcomeCount> all = {{"0", false, 1}, {"99", false, 2}};
    EXPECT_EQ(rows(Histogram(all, "50", 3), all), (Rows{"0–49:1", "50–99:2", "50:0 right"}));
}

TEST(Histogram, NamesNoRangeThatHoldsNothing) {
    const std::vector<OutcomeCount> all = {{"48", false, 1}};
    EXPECT_EQ(rows(Histogram(all, "50", 5), all), (Rows{"48:1", "49:0", ":0", ":0", "50:0 right"}));
    const std::vector<OutcomeCount> few = {{"43", false, 1}};
    EXPECT_EQ(rows(Histogram(few, "50", 6), few),
              (Rows{"43–44:1", "45–46:0", "47–48:0", "49:0", ":0", "50:0 right"}));
}

TEST(Histogram, KnowsNegativeNumbers) {
    const std::vector<OutcomeCount> all = {{"-20", false, 1}, {"-1", false, 2}, {"0", false, 4}};
    EXPECT_EQ(rows(Histogram(all, "0", 3), all), (Rows{"-20–-11:1", "-10–-1:2", "0:4 right"}));
}

TEST(Histogram, WithNothingWrongHasEmptyRanges) {
    const std::vector<OutcomeCount> all = {{"50", false, 7}};
    const auto bars = Histogram(all, "50", 6).bars(all);
    ASSERT_EQ(bars.size(), 6u);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(bars[i].count, 0);
    EXPECT_EQ(bars[5].count, 7);
    EXPECT_TRUE(bars[5].right);
    EXPECT_EQ(Histogram({}, "50", 6).bars({}).size(), 6u);
}

TEST(Histogram, TheExtremesOfNumbersHaveTheirRows) {
    const auto low = std::to_string(std::numeric_limits<long long>::min());
    const auto high = std::to_string(std::numeric_limits<long long>::max());
    const std::vector<OutcomeCount> all = {{low, false, 1}, {"0", false, 2}, {high, false, 4}};
    const auto bars = Histogram(all, "0", 6).bars(all);
    ASSERT_EQ(bars.size(), 6u);
    EXPECT_EQ(bars[0].count, 1);
    EXPECT_EQ(bars[4].count, 4);
    EXPECT_EQ(bars[5].count, 2);
}

TEST(Histogram, GivesOtherOutcomesARowEachTheMostFrequentFirst) {
    const std::vector<OutcomeCount> all = {
        {"torn", false, 1}, {"lost", false, 5}, {"whole", false, 9}, {"lost", true, 2}};
    EXPECT_EQ(rows(Histogram(all, "whole", 6), all),
              (Rows{"lost:7", "torn:1", ":0", ":0", ":0", "whole:9 right"}));
}

TEST(Histogram, PutsTheRestTogether) {
    std::vector<OutcomeCount> all = {{"ok", false, 1}};
    for (int i = 0; i < 7; ++i) all.push_back({"t" + std::to_string(i), false, 10 - i});
    EXPECT_EQ(rows(Histogram(all, "ok", 4), all),
              (Rows{"t0:10", "t1:9", "5 others:30", "ok:1 right"}));
}

TEST(Histogram, OneTextMakesAllOutcomesTexts) {
    const std::vector<OutcomeCount> all = {{"49", false, 3}, {"threw no luck", false, 1}};
    EXPECT_EQ(rows(Histogram(all, "50", 4), all),
              (Rows{"49:3", "threw no luck:1", ":0", "50:0 right"}));
    const std::vector<OutcomeCount> huge = {{"99999999999999999999", false, 3}};
    EXPECT_EQ(rows(Histogram(huge, "50", 3), huge),
              (Rows{"99999999999999999999:3", ":0", "50:0 right"}));
    for (const auto* odd : {"", " 1", "1 ", "0x1", "1.5", "+1"}) {
        const std::vector<OutcomeCount> outcomes = {{odd, false, 3}};
        EXPECT_EQ(rows(Histogram(outcomes, "50", 3), outcomes)[0], std::string(odd) + ":3");
    }
}

TEST(Histogram, HasTheSameRowsForEachVariant) {
    const std::vector<OutcomeCount> racy = {{"10", false, 6}}, fixed = {{"50", false, 9}};
    auto all = racy;
    all.insert(all.end(), fixed.begin(), fixed.end());
    const Histogram shared(all, "50", 3);
    EXPECT_EQ(rows(shared, racy), (Rows{"10–29:6", "30–49:0", "50:0 right"}));
    EXPECT_EQ(rows(shared, fixed), (Rows{"10–29:0", "30–49:0", "50:9 right"}));
}

}  // namespace
}  // namespace racepair::report
