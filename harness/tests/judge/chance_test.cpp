#include "judge/chance.hpp"

#include <gtest/gtest.h>

namespace racepair::judge {
namespace {

TEST(Chance, AgreesWithPublishedIntervals) {
    struct Published {
        Rate rate;
        double low, high;
    };
    // R. G. Newcombe: Two-sided confidence intervals for the single proportion. Statistics in
    // Medicine 17 (1998), table I, method 3 (score).
    const Published all[] = {
        {{81, 263}, 0.2553, 0.3662},
        {{15, 148}, 0.0624, 0.1605},
        {{0, 20}, 0.0000, 0.1611},
        {{1, 29}, 0.0061, 0.1718},
    };
    for (const auto& [rate, low, high] : all) {
        EXPECT_NEAR(rate.low(), low, 0.00005) << rate.text();
        EXPECT_NEAR(rate.high(), high, 0.00005) << rate.text();
    }
}

TEST(Chance, IsTheSameSeenFromBothSides) {
    for (const long long hits : {0, 1, 37, 500, 999, 1000}) {
        const Rate seen{hits, 1000}, unseen{1000 - hits, 1000};
        EXPECT_NEAR(seen.low(), 1 - unseen.high(), 1e-12) << hits;
        EXPECT_LE(0, seen.low()) << hits;
        EXPECT_LE(seen.high(), 1) << hits;
        EXPECT_LE(seen.low(), static_cast<double>(hits) / 1000 + 1e-12) << hits;
        EXPECT_GE(seen.high(), static_cast<double>(hits) / 1000 - 1e-12) << hits;
    }
}

TEST(Chance, KnowsNothingWithoutTrials) {
    const Rate none;
    EXPECT_EQ(none.low(), 0);
    EXPECT_EQ(none.high(), 1);
    EXPECT_EQ(none.text(), "0/0");
}

TEST(Chance, KnowsLittleFromOneTrial) {
    EXPECT_EQ((Rate{0, 1}.text()), "0/1 (below 100.0 %)");
    EXPECT_EQ((Rate{1, 1}.text()), "1/1 (at least 20.7 %)");
}

TEST(Chance, NoHitIsTheRuleOfThree) {
    EXPECT_EQ((Rate{0, 3}.text()), "0/3 (below 100.0 %)");
    EXPECT_EQ((Rate{0, 10}.text()), "0/10 (below 30.0 %)");
    EXPECT_EQ((Rate{0, 1000}.text()), "0/1000 (below 0.30 %)");
    EXPECT_EQ((Rate{0, 1'000'000}.text()), "0/1000000 (below 0.00 %)");
}

TEST(Chance, SaysBothEndsOfTheInterval) {
    EXPECT_EQ((Rate{37, 1000}.text()), "37/1000 (2.70 % to 5.06 %)");
    EXPECT_EQ((Rate{7, 10}.text()), "7/10 (39.7 % to 89.2 %)");
}

TEST(Chance, AllHitsLeaveAMargin) {
    EXPECT_EQ((Rate{10, 10}.text()), "10/10 (at least 72.2 %)");
    EXPECT_EQ((Rate{1000, 1000}.text()), "1000/1000 (at least 99.6 %)");
}

TEST(Chance, StaysInBoundsForTheLargestCounts) {
    const Rate rate{500'000'000'000'000, 1'000'000'000'000'000};
    EXPECT_NEAR(rate.low(), 0.5, 1e-6);
    EXPECT_NEAR(rate.high(), 0.5, 1e-6);
}

}  // namespace
}  // namespace racepair::judge
