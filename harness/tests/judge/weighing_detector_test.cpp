// Whether the detector looked: the canary, and proof of instrumentation.

#include <gtest/gtest.h>

#include "judge/canary.hpp"
#include "scene.hpp"

namespace racepair::judge {
namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

constexpr const char* tool_error = "TOOL_ERROR, not as expected";
constexpr const char* not_instrumented = "NOT_INSTRUMENTED, not as expected";

TEST(WeighingTheDetector, WithoutACanaryNothingIsTrusted) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan(), racy_under_plain()}) {
        for (const auto* name : {"racepair.canary.racy", "racepair.canary.fixed"}) {
            auto spoilt = scene;
            spoilt.evidence.runs.erase(name);
            EXPECT_EQ(spoilt.conclusion(), tool_error) << name;
            EXPECT_EQ(spoilt.judge().seen, "the subject did not run the canary");
        }
    }
}

TEST(WeighingTheDetector, ACanaryThatDidNotFinishIsNone) {
    auto scene = fixed_under_tsan();
    scene.canary("fixed").finished = false;
    EXPECT_EQ(scene.conclusion(), tool_error);
}

TEST(WeighingTheDetector, ACanaryWithoutATrialIsNone) {
    for (auto scene : {fixed_under_plain(), fixed_under_tsan()})
        for (const auto* name : {"racy", "fixed"}) {
            auto spoilt = scene;
            spoilt.canary(name).outcomes.clear();
            spoilt.canary(name).trials = 0;
            EXPECT_EQ(spoilt.conclusion(), tool_error) << name;
        }
}

TEST(WeighingTheDetector, ADeathDuringTheCanaryIsACrash) {
    for (const auto& [how, code] :
         {std::pair(Ended::signalled, 11), std::pair(Ended::exited, 66)}) {
        auto scene = racy_under_tsan();
        scene.ends(how, code);
        scene.canary("fixed").finished = false;
        scene.evidence.runs.erase("counters.sample.racy");
        scene.evidence.runs["counters.sample.racy"] = {};
        EXPECT_EQ(scene.conclusion(), "CRASHED, not as expected");
        EXPECT_TRUE(has(scene.judge().seen, "while the canary ran")) << scene.judge().seen;
    }
}

TEST(WeighingTheDetector, TheCanarysOutcomesAreOnesThatItsCodeCanGive) {
    for (auto scene : {racy_under_plain(), fixed_under_plain(), racy_under_tsan()}) {
        const bool flagged = scene.detector->sees_reports;
        for (const auto* outcome : {"2", "0", "threw nonsense"}) {
            auto spoilt = scene;
            spoilt.canary("racy").outcomes = {{outcome, flagged, 1}};
            EXPECT_EQ(spoilt.conclusion(), tool_error) << outcome;
        }
        scene.canary("fixed").outcomes = {{"1", false, 1}};
        EXPECT_EQ(scene.conclusion(), tool_error);
    }
}

TEST(WeighingTheDetector, ARepairOfTheCanaryThatIsFlaggedIsAToolError) {
    auto scene = racy_under_tsan();
    scene.canary("fixed").reports = {report_of("racepair.canary.fixed", "/harness/canary.cpp")};
    EXPECT_EQ(scene.conclusion(), tool_error);
    EXPECT_TRUE(has(scene.judge().seen, "the canary's repair was flagged"));
}

TEST(WeighingTheDetector, ASilentCanaryMeansThatNobodyLooked) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan(), race_condition_under_tsan()}) {
        scene.canary("racy").reports.clear();
        EXPECT_EQ(scene.conclusion(), not_instrumented);
        scene.silencer = "TSAN_OPTIONS=suppressions=all.txt";
        EXPECT_EQ(scene.conclusion(), tool_error);
        EXPECT_TRUE(has(scene.judge().seen, scene.silencer)) << scene.judge().seen;
    }
}

TEST(WeighingTheDetector, ASuppressionThatHidesTheCanaryIsNamed) {
    struct Row {
        const char *options, *compiled_in_options, *home;
    };
    const Row rows[] = {
        {"exitcode=0:suppressions=a.txt", "suppressions=b.txt", "a.txt (TSAN_OPTIONS)"},
        {"exitcode=0", "suppressions=b.txt", "b.txt (the options compiled into the subject)"},
        {"suppressions=", "", "__tsan_default_suppressions() of the subject"},
    };
    for (const auto& row : rows) {
        auto scene = fixed_under_tsan();
        scene.evidence.identity->options = row.options;
        scene.evidence.identity->compiled_in_options = row.compiled_in_options;
        scene.canary("racy").suppressed.swap(scene.canary("racy").reports);
        EXPECT_EQ(scene.conclusion(), tool_error);
        EXPECT_TRUE(has(scene.judge().seen, "a suppression hides the canary's race; it stands in " +
                                                std::string(row.home)))
            << scene.judge().seen;
    }
}

TEST(WeighingTheDetector, AMutedCanaryMeansThatNobodyLooked) {
    auto scene = fixed_under_tsan();
    scene.canary("racy").reports.clear();
    scene.silencer = "report_bugs=0 of TSAN_OPTIONS";
    scene.is_muted = true;
    EXPECT_EQ(scene.conclusion(), not_instrumented);
    EXPECT_TRUE(has(scene.judge().seen, "muted by report_bugs=0 of TSAN_OPTIONS"));
}

TEST(WeighingTheDetector, AReportElsewhereIsNoProofByTheCanary) {
    auto scene = racy_under_tsan();
    scene.canary("racy").reports = {report_of("racepair.canary.racy", "/cases/sample.cpp")};
    EXPECT_EQ(scene.conclusion(), not_instrumented);

    scene = racy_under_tsan();
    scene.canary("racy").reports[0].kind = "thread-leak";
    EXPECT_EQ(scene.conclusion(), not_instrumented);

    scene = racy_under_tsan();
    scene.evidence.cases.clear();  // nobody can tell then where the canary stands
    EXPECT_EQ(scene.conclusion(), not_instrumented);
}

TEST(WeighingTheDetector, CanaryWasFlaggedByOneReportAmongOthers) {
    auto scene = racy_under_tsan();
    EXPECT_TRUE(canary_was_flagged(scene.evidence));
    auto& reports = scene.canary("racy").reports;
    reports.insert(reports.begin(), report_of("racepair.canary.racy", "/elsewhere.cpp"));
    EXPECT_TRUE(canary_was_flagged(scene.evidence));
    EXPECT_FALSE(canary_was_flagged(Evidence{}));
}

TEST(WeighingTheDetector, WithoutARuntimeNobodyLooks) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan()}) {
        scene.evidence.identity->runtime.clear();
        EXPECT_EQ(scene.conclusion(), not_instrumented);
        EXPECT_TRUE(has(scene.judge().seen, "no ThreadSanitizer runtime is linked"));
    }
}

TEST(WeighingTheDetector, LinkedButNotCompiledWithItIsNotInstrumented) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan()}) {
        scene.evidence.identity->instrumented = false;
        EXPECT_EQ(scene.conclusion(), not_instrumented);
        EXPECT_TRUE(has(scene.judge().seen, "compiled without -fsanitize=thread"));
    }
}

TEST(WeighingTheDetector, ACaseFileOfItsOwnFlagsIsNotInstrumented) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan()}) {
        scene.info.instrumented = false;
        EXPECT_EQ(scene.conclusion(), not_instrumented);
        EXPECT_TRUE(has(scene.judge().seen, scene.info.file)) << scene.judge().seen;
    }
}

TEST(WeighingTheDetector, ReportsThatCannotBeReadAreAToolError) {
    auto scene = fixed_under_tsan();
    scene.evidence.identity->reports_can_be_read = false;
    EXPECT_EQ(scene.conclusion(), tool_error);
    EXPECT_TRUE(has(scene.judge().seen, "lacks the interface"));
}

TEST(WeighingTheDetector, AnInstrumentedSubjectIsNotJudgedAsAPlainOne) {
    for (auto scene : {racy_under_tsan(), fixed_under_tsan()}) {
        scene.detector = &plain_detector();
        EXPECT_EQ(scene.conclusion(), tool_error);
        EXPECT_EQ(scene.judge().seen, "this subject is built for the detector tsan, not for plain");
    }
}

TEST(WeighingTheDetector, APlainSubjectUnderTsanIsNotInstrumented) {
    auto scene = fixed_under_plain();
    scene.detector = &tsan_detector();
    EXPECT_EQ(scene.conclusion(), not_instrumented);
}

}  // namespace
}  // namespace racepair::judge
