#include "judge/expectation.hpp"

#include <gtest/gtest.h>

#include "judge/detector.hpp"
#include "judge/evidence.hpp"
#include "judge_printers.hpp"

namespace racepair::judge {
namespace {

VariantInfo variant(const std::string& defect, std::vector<KnownException> exceptions = {}) {
    return {"variant", "Code", defect == "none" ? "fixed" : "racy", defect, std::move(exceptions),
            {}};
}

CaseInfo info(std::vector<KnownException> exceptions = {}, bool optimised = false) {
    CaseInfo made;
    made.name = "counters.sample";
    made.optimised = optimised;
    made.exceptions = std::move(exceptions);
    return made;
}

Identity cpus(int allowed) {
    Identity identity;
    identity.cpus_online = 4;
    identity.cpus_allowed = allowed;
    return identity;
}

const Detector& plain = plain_detector();
const Detector& tsan = tsan_detector();

TEST(Expectation, FollowsFromDetectorAndDefect) {
    EXPECT_EQ(expectation_for(info(), variant("data_race"), plain, cpus(4)).stance,
              Stance::must_flag);
    EXPECT_EQ(expectation_for(info(), variant("race_condition"), plain, cpus(4)).stance,
              Stance::must_flag);
    EXPECT_EQ(expectation_for(info(), variant("none"), plain, cpus(4)).stance,
              Stance::must_stay_silent);
    EXPECT_EQ(expectation_for(info(), variant("data_race"), tsan, cpus(4)).stance,
              Stance::must_flag);
    EXPECT_EQ(expectation_for(info(), variant("none"), tsan, cpus(4)).stance,
              Stance::must_stay_silent);
}

TEST(Expectation, ADefectThatCannotBeSeenIsBlindAndWrongAnyway) {
    const auto blind = expectation_for(info(), variant("race_condition"), tsan, cpus(4));
    EXPECT_EQ(blind.stance, Stance::blind);
    EXPECT_TRUE(blind.wrong_anyway);
    EXPECT_EQ(blind.at_most, 0);
    EXPECT_NE(blind.why.find("no data race"), std::string::npos) << blind.why;
}

TEST(Expectation, AnExceptionIsTakenAsItIsStated) {
    const auto blind = expectation_for(
        info(), variant("data_race", {{"blind", "plain", "always", "folded", 0.25}}), plain,
        cpus(4));
    EXPECT_EQ(blind.stance, Stance::blind);
    EXPECT_EQ(blind.why, "folded");
    EXPECT_EQ(blind.at_most, 0.25);
    EXPECT_FALSE(blind.wrong_anyway);

    const auto alarm = expectation_for(
        info(), variant("none", {{"false_alarm", "tsan", "always", "a fence", 0}}), tsan, cpus(4));
    EXPECT_EQ(alarm.stance, Stance::false_alarm);
    EXPECT_EQ(alarm.why, "a fence");
}

TEST(Expectation, ADetectorMayFlagWhatItCannotSeeTheDefectOf) {
    const auto alarm = expectation_for(
        info(), variant("race_condition", {{"false_alarm", "tsan", "always", "a fence", 0}}), tsan,
        cpus(4));
    EXPECT_EQ(alarm.stance, Stance::false_alarm);
    EXPECT_FALSE(alarm.wrong_anyway) << "the report comes first";
}

TEST(Expectation, AnExceptionMayBeNarrowedToACompilerOrToOneOfItsVersions) {
    auto clang14 = cpus(4), gcc12 = cpus(4);
    clang14.compiler = "clang";
    clang14.compiler_version = "14.0.6";
    gcc12.compiler = "gcc";
    gcc12.compiler_version = "12.2.0";
    const auto stance = [](const std::string& detector, const Identity& identity) {
        return expectation_for(info(),
                               variant("data_race", {{"blind", detector, "always", "known", 0}}),
                               tsan, identity)
            .stance;
    };
    EXPECT_EQ(stance("tsan-clang", clang14), Stance::blind);
    EXPECT_EQ(stance("tsan-clang14", clang14), Stance::blind);
    EXPECT_EQ(stance("tsan-clang1", clang14), Stance::must_flag);
    EXPECT_EQ(stance("tsan-clang22", clang14), Stance::must_flag);
    EXPECT_EQ(stance("tsan-gcc", clang14), Stance::must_flag);
    EXPECT_EQ(stance("tsan-gcc12", gcc12), Stance::blind);
    EXPECT_THROW(stance("tsan-icc", gcc12), std::runtime_error);
    EXPECT_THROW(stance("tsan-gcc12.2", gcc12), std::runtime_error);
    EXPECT_THROW(stance("tsa-gcc", gcc12), std::runtime_error);
}

TEST(Expectation, OfSeveralExceptionsThatFitTheFirstCounts) {
    const auto both = variant("data_race", {{"blind", "tsan-clang", "always", "first", 0},
                                            {"blind", "tsan", "always", "second", 0}});
    auto clang = cpus(4);
    clang.compiler = "clang";
    EXPECT_EQ(expectation_for(info(), both, tsan, clang).why, "first");
    EXPECT_EQ(expectation_for(info(), both, tsan, cpus(4)).why, "second");
}

TEST(Expectation, ADetectorThatMayShowADefectIsBlindWithoutABound) {
    const auto reordered = expectation_for(info(), variant("weak_memory"), plain, cpus(4));
    EXPECT_EQ(reordered.stance, Stance::blind);
    EXPECT_EQ(reordered.at_most, 1);
    EXPECT_FALSE(reordered.wrong_anyway);
}

TEST(Expectation, EveryDetectorKnowsEveryDefect) {
    for (const auto* detector : all_detectors())
        for (const auto* defect : {"data_race", "race_condition", "lifetime", "lock_order",
                                   "lock_misuse", "weak_memory"})
            EXPECT_NO_THROW(expectation_for(info(), variant(defect), *detector, cpus(4)))
                << detector->name;
    EXPECT_THROW(expectation_for(info(), variant("bad_luck"), tsan, cpus(4)), std::runtime_error);
}

TEST(Expectation, OfADetectorThatCompilesFollowsFromTheLineItHasToWarnAt) {
    auto warned = variant("data_race");
    warned.warned_line = "stock--;";
    const auto stance = [](const VariantInfo& variant) {
        return expectation_for(info(), variant, thread_safety_detector(), cpus(4)).stance;
    };
    EXPECT_EQ(stance(warned), Stance::must_flag);
    EXPECT_EQ(stance(variant("data_race")), Stance::blind);
    EXPECT_EQ(stance(variant("none")), Stance::must_stay_silent);
}

TEST(Expectation, AnExceptionDoesNotLetOffADefectThatOnlyTheOutcomeShows) {
    const KnownException known = {"blind", "tsan", "always", "known", 0.5};
    const auto own = expectation_for(info(), variant("race_condition", {known}), tsan, cpus(4));
    EXPECT_EQ(own.why, "known");
    EXPECT_TRUE(own.wrong_anyway);
    EXPECT_TRUE(
        expectation_for(info({known}), variant("race_condition"), tsan, cpus(4)).wrong_anyway);
    EXPECT_FALSE(expectation_for(info({known}), variant("data_race"), tsan, cpus(4)).wrong_anyway);
    const auto alarm = variant("none", {{"false_alarm", "tsan", "always", "a fence", 0}});
    EXPECT_FALSE(expectation_for(info(), alarm, tsan, cpus(4)).wrong_anyway);
}

TEST(Expectation, AnExceptionIsForItsDetectorOnly) {
    const auto racy = variant("data_race", {{"blind", "plain", "always", "folded", 0}});
    EXPECT_EQ(expectation_for(info(), racy, tsan, cpus(4)).stance, Stance::must_flag);
}

TEST(Expectation, AnExceptionHoldsUnderItsCircumstance) {
    struct Row {
        const char* when;
        bool optimised;
        int cpus;
        bool holds;
    };
    const Row rows[] = {
        {"always", false, 4, true},
        {"optimised", true, 4, true},
        {"optimised", false, 4, false},
        {"one_cpu", false, 1, true},
        {"one_cpu", false, 2, false},
        {"optimised_on_one_cpu", true, 1, true},
        {"optimised_on_one_cpu", true, 2, false},
        {"optimised_on_one_cpu", false, 1, false},
    };
    for (const auto& row : rows) {
        const auto racy = variant("data_race", {{"blind", "plain", row.when, "why", 0}});
        EXPECT_EQ(expectation_for(info({}, row.optimised), racy, plain, cpus(row.cpus)).stance,
                  row.holds ? Stance::blind : Stance::must_flag)
            << row.when << ", optimised " << row.optimised << ", " << row.cpus << " CPUs";
    }
}

TEST(Expectation, TheFirstExceptionThatHoldsCounts) {
    const auto racy = variant("data_race", {{"blind", "plain", "one_cpu", "first", 0},
                                            {"blind", "plain", "always", "second", 0}});
    EXPECT_EQ(expectation_for(info(), racy, plain, cpus(1)).why, "first");
    EXPECT_EQ(expectation_for(info(), racy, plain, cpus(2)).why, "second");
}

TEST(Expectation, TheVariantsExceptionComesBeforeTheCases) {
    const auto of_case = info({{"blind", "plain", "always", "of the case", 0}});
    const auto own = variant("data_race", {{"blind", "plain", "one_cpu", "of the variant", 0}});
    EXPECT_EQ(expectation_for(of_case, own, plain, cpus(1)).why, "of the variant");
    EXPECT_EQ(expectation_for(of_case, own, plain, cpus(4)).why, "of the case");
    EXPECT_EQ(expectation_for(of_case, variant("data_race"), plain, cpus(4)).why, "of the case");
}

TEST(Expectation, TheCasesExceptionIsNotForARepair) {
    const auto of_case = info({{"blind", "plain", "always", "why", 0}});
    EXPECT_EQ(expectation_for(of_case, variant("none"), plain, cpus(4)).stance,
              Stance::must_stay_silent);
}

/// What expectation_for has to say against one exception.
std::string complaint(const std::string& defect, const KnownException& exception) {
    try {
        expectation_for(info(), variant(defect, {exception}), plain, cpus(4));
    } catch (const std::runtime_error& thrown) {
        return thrown.what();
    }
    return "nothing";
}

TEST(Expectation, WhatCannotBeMeantIsRefused) {
    EXPECT_EQ(complaint("data_race", {"blind", "tsna", "always", "", 0}),
              "counters.sample names a detector that does not exist: tsna");
    EXPECT_EQ(complaint("data_race", {"blind", "plain", "on sundays", "", 0}),
              "unknown circumstance 'on sundays'");
    EXPECT_EQ(complaint("data_race", {"deaf", "plain", "always", "", 0}), "unknown stance 'deaf'");
    EXPECT_EQ(
        complaint("data_race", {"false_alarm", "plain", "always", "", 0}),
        "counters.sample.variant is said to be false_alarm under plain, which needs a variant "
        "that is right, or whose defect it cannot see");
    EXPECT_EQ(complaint("none", {"blind", "plain", "always", "", 0}),
              "counters.sample.variant is said to be blind under plain, which needs a variant that "
              "is broken");
    EXPECT_EQ(complaint("data_race", {"blind", "plain", "always", "", 0}), "nothing");
}

TEST(Expectation, IsNamed) {
    EXPECT_EQ(text_of(Stance::must_flag), "must flag");
    EXPECT_EQ(text_of(Stance::must_stay_silent), "must stay silent");
    EXPECT_EQ(text_of(Stance::blind), "blind");
    EXPECT_EQ(text_of(Stance::false_alarm), "false alarm");
}

}  // namespace
}  // namespace racepair::judge
