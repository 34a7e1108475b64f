#include "scene.hpp"

namespace racepair::judge {
namespace {

/// All schedules there are.
Exploration all_of(long long executions) {
    Exploration explored;
    explored.strategy = "dpor";
    explored.executions = executions;
    explored.exhausted = true;
    explored.because = "all";
    explored.outcomes = 1;
    return explored;
}

VariantRun run_of_canary(const std::string& outcome) {
    VariantRun run;
    run.entered = run.finished = true;
    run.told = run.trials = 1;
    run.because = "trials";
    run.outcomes = {{outcome, false, 1}};
    return run;
}

Scene scene(const Detector& detector, const std::string& variant, const std::string& defect) {
    const bool is_tsan = detector.sees_reports;
    Scene scene;
    scene.variant = {variant, "sample::Code", variant, defect, {}};
    scene.info.name = "counters.sample";
    scene.info.file = "/cases/sample.cpp";
    scene.info.instrumented = is_tsan;
    scene.info.expected = {"20"};
    scene.info.variants = {scene.variant};
    scene.detector = &detector;
    scene.ending.how = Ended::exited;

    auto& evidence = scene.evidence;
    evidence.identity.emplace();
    evidence.identity->instrumented = evidence.identity->reports_can_be_read = is_tsan;
    evidence.identity->runtime = detector.explores ? "explorer" : is_tsan ? "tsan" : "";
    CaseInfo canary;
    canary.name = "racepair.canary";
    canary.file = "/harness/canary.cpp";
    evidence.cases = {canary, scene.info};
    evidence.bye = true;

    auto racy = run_of_canary("1");
    if (is_tsan) {
        racy.outcomes[0].flagged = true;
        racy.reports = {report_of("racepair.canary.racy", canary.file)};
    }
    evidence.runs["racepair.canary.racy"] = racy;
    evidence.runs["racepair.canary.fixed"] = run_of_canary("2");

    VariantRun run;
    run.entered = run.finished = true;
    run.told = run.trials = scene.told;
    run.because = "trials";
    run.alone = "10";
    run.alone_expected = {"10"};
    run.outcomes = {{"20", false, 10}};
    evidence.runs["counters.sample." + variant] = run;
    if (!detector.explores) return scene;
    scene.told = 0;
    scene.run().told = 0;
    scene.run().alone.reset();
    scene.run().explored = all_of(10);
    scene.canary("racy").explored = scene.canary("fixed").explored = all_of(1);
    return scene;
}

}  // namespace

Report report_of(const std::string& variant, const std::string& file) {
    Report report;
    report.kind = "data-race";
    report.variant = variant;
    report.trial = 0;
    Access access;
    access.thread = 1;
    access.write = true;
    access.size = 4;
    access.address = "0x7b0400000000";
    access.stack = {{"sample::Code::add()", file, 14, "0x55550001"}};
    report.accesses = {access};
    return report;
}

Scene racy_under_tsan() {
    auto made = scene(tsan_detector(), "racy", "data_race");
    made.expectation.stance = Stance::must_flag;
    made.run().outcomes = {{"17", true, 4}, {"17", false, 2}, {"20", true, 3}, {"20", false, 1}};
    made.run().reports = {report_of("counters.sample.racy", made.info.file)};
    return made;
}

Scene fixed_under_tsan() { return scene(tsan_detector(), "fixed", "none"); }

Scene racy_under_plain() {
    auto made = scene(plain_detector(), "racy", "data_race");
    made.expectation.stance = Stance::must_flag;
    made.run().outcomes = {{"17", false, 6}, {"20", false, 4}};
    return made;
}

Scene fixed_under_plain() { return scene(plain_detector(), "fixed", "none"); }

Scene racy_under_explore() {
    auto made = scene(explore_detector(), "racy", "data_race");
    made.expectation.stance = Stance::must_flag;
    made.run().outcomes = {{"17", true, 4}, {"17", false, 2}, {"20", true, 3}, {"20", false, 1}};
    made.run().reports = {report_of("counters.sample.racy", made.info.file)};
    return made;
}

Scene fixed_under_explore() { return scene(explore_detector(), "fixed", "none"); }

Scene race_condition_under_explore() {
    auto made = scene(explore_detector(), "load_then_store", "race_condition");
    made.expectation.stance = Stance::must_flag;
    made.run().outcomes = {{"17", false, 6}, {"20", false, 4}};
    return made;
}

Scene race_condition_under_tsan() {
    auto made = scene(tsan_detector(), "load_then_store", "race_condition");
    made.expectation = {Stance::blind, "no data race", 0, true};
    made.run().outcomes = {{"17", false, 6}, {"20", false, 4}};
    return made;
}

}  // namespace racepair::judge
