#include "sample_results.hpp"

#include <algorithm>
#include <sstream>

namespace racepair::report {
namespace {

using namespace judge;

Result sample(const std::string& variant, const std::string& detector) {
    Result result;
    result.name = "counters.sample." + variant;
    result.info.name = "counters.sample";
    result.info.file = "/cases/sample.cpp";
    result.info.line = 40;
    result.info.lesson = "++ is three steps, and an update in between them is lost.";
    result.info.threads = 50;
    result.info.rounds = 1000;
    result.info.expected = {"50000"};
    result.info.variants = {{"racy", "sample::Racy", "racy", "data_race", {}},
                            {"fixed", "sample::Fixed", "fixed", "none", {}}};
    result.variant = variant;
    result.detector = detector;
    result.subject = "/build/cases";
    result.identity.compiler = "clang";
    result.identity.compiler_version = "14.0.6";
    const bool is_racy = variant == "racy";
    result.expectation.stance = is_racy ? Stance::must_flag : Stance::must_stay_silent;
    result.verdict = is_racy ? Verdict::caught : Verdict::clean;
    result.as_expected = true;
    result.told = result.trials = 1000;
    result.outcomes = {{"50000", false, 1000}};
    result.cells.silent_right = 1000;
    const std::string type = is_racy ? "Racy" : "Fixed",
                      member = is_racy ? "int" : "std::atomic<int>";
    result.definition =
        "struct " + type + " {\n    " + member + " ops = 0;\n    void add() { ++ops; }\n};";
    result.reproduce =
        "racepair judge /build/cases --detector " + detector + " --filter " + result.name;
    return result;
}

Access access(int thread, bool write, int line) {
    Access made;
    made.thread = thread;
    made.write = write;
    made.size = 4;
    made.stack = {{"std::vector<int>::at()", "/usr/include/c++/12/vector", 7, "0x1"},
                  {"sample::Racy::add()", "/cases/sample.cpp", line, "0x2"}};
    return made;
}

}  // namespace

Result racy_under_plain() {
    auto result = sample("racy", "plain");
    result.outcomes = {{"31000", false, 200}, {"42000", false, 700}, {"50000", false, 100}};
    result.cells = {0, 0, 900, 100};
    result.seen =
        "wrong outcome in 900/1000 (88.0 % to 91.7 %) trials, for example 31000 instead of 50000";
    return result;
}

Result fixed_under_plain() { return sample("fixed", "plain"); }

Result racy_under_tsan() {
    auto result = sample("racy", "tsan");
    result.trials = result.told = 10;
    result.outcomes = {{"49990", true, 7}, {"50000", false, 3}};
    result.cells = {7, 0, 0, 3};
    Report report;
    report.kind = "data-race";
    report.accesses = {access(2, true, 14), access(1, false, 15)};
    result.reports = {report, report};
    result.code = {{"/cases/sample.cpp:14", "++ops;"}, {"/cases/sample.cpp:15", "return ops;"}};
    result.seen = "flagged in 7/10 (39.7 % to 89.2 %) trials";
    return result;
}

Result fixed_under_tsan() {
    auto result = sample("fixed", "tsan");
    result.trials = result.told = 50;
    result.outcomes = {{"50000", false, 50}};
    result.cells = {0, 0, 0, 50};
    return result;
}

std::vector<Result> sample_results() {
    return {racy_under_plain(), fixed_under_plain(), racy_under_tsan(), fixed_under_tsan()};
}

Result missed_under_tsan() {
    auto result = racy_under_tsan();
    result.reports.clear();
    result.outcomes = {{"50000", false, 10}};
    result.cells = {0, 0, 0, 10};
    result.verdict = Verdict::missed;
    result.as_expected = false;
    result.seen = "not one report; outcome wrong in 0/10 (below 30.0 %) trials";
    result.details = {"something else to know", "not one report"};
    result.notes = {"neutralised report_bugs=0 of TSAN_OPTIONS"};
    result.log = "of the canary\nracepair: counters.sample.racy begins here\nits own line\n";
    return result;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

namespace {

Step step(int thread, const char* operation, long long value) {
    Step made;
    made.thread = thread;
    made.operation = operation;
    made.object = "0x7b00";
    made.size = 8;
    made.in_object = true;
    made.value = value;
    made.stack = {{"sample::Racy::add()", "/cases/sample.cpp", 14, "0x2"}};
    return made;
}

Result explored(Result result) {
    result.detector = "explore";
    result.info.threads = result.info.rounds = 2;
    result.info.expected = {"4"};
    Exploration exploration;
    exploration.strategy = "dpor";
    exploration.seed = 1;
    exploration.exhausted = true;
    exploration.because = "all";
    result.explored = exploration;
    return result;
}

}  // namespace

Result racy_under_explore() {
    auto result = explored(racy_under_tsan());
    result.trials = result.told = result.explored->executions = 34;
    result.explored->first_seen = 2;
    result.explored->outcomes = 3;
    result.outcomes = {{"2", true, 12}, {"3", true, 16}, {"4", true, 6}};
    result.cells = {28, 6, 0, 0};
    ScheduleStory story;
    story.why = "wrong-outcome";
    story.outcome = "3";
    story.shortest = true;
    story.text = "rp1-1f-1.3-2.8-1.4";
    story.switches = 2;
    story.threads = {0, 1, 2};
    story.step_count = 4;
    story.steps = {step(1, "read", 0), step(2, "read", 0), step(2, "write", 1),
                   step(1, "write", 1)};
    story.names = {{"0x7b00", "ops"}};
    result.schedule = story;
    return result;
}

Result fixed_under_explore() {
    auto result = explored(fixed_under_tsan());
    result.trials = result.explored->executions = 6;
    result.explored->outcomes = 1;
    result.outcomes = {{"4", false, 6}};
    result.cells = {0, 0, 0, 6};
    return result;
}

}  // namespace racepair::report
