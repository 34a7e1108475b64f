// What a session does with a detector that compiles cases and runs nothing.

#include <fmt/format.h>

#include <algorithm>

#include "compiler_warnings.hpp"
#include "place.hpp"
#include "scratch_file.hpp"
#include "session.hpp"

namespace racepair::judge {
namespace {

/// Compiled with each case, before its own text: the analysis must warn at line 6, and nowhere else
/// in here. If it does not, it does not look.
constexpr const char* canary_text =
    "namespace racepair_canary_of_annotations {\n"
    "struct __attribute__((capability(\"mutex\"))) Mutex {\n"
    "    void lock() __attribute__((acquire_capability()));\n"
    "    void unlock() __attribute__((release_capability()));\n"
    "};\n"
    "struct Racy { Mutex m; int n __attribute__((guarded_by(m))); void add() { n = n + 1; } };\n"
    "struct Fixed { Mutex m; int n __attribute__((guarded_by(m)));\n"
    "               void add() { m.lock(); n = n + 1; m.unlock(); } };\n"
    "}\n";
constexpr int canary_line = 6;

constexpr const char* switches =
    " -fsyntax-only -Wthread-safety -Wno-error -fno-caret-diagnostics -fno-color-diagnostics "
    "-fdiagnostics-absolute-paths -include ";

/// Does the analysis look? "", or why not.
std::string objection_to(const Traces& traces, const std::vector<CompilerWarning>& warnings,
                         const std::string& canary) {
    if (traces.ending.how != Ended::exited || traces.ending.code != 0)
        return "the case does not compile: " + traces.log.substr(0, 600);
    int seen = 0, elsewhere = 0;
    for (const auto& warning : warnings)
        if (warning.file == canary) ++(warning.line == canary_line ? seen : elsewhere);
    if (elsewhere > 0) return "the canary's repair was flagged";
    if (seen == 0) return "the canary is not flagged: a flag turns the analysis off";
    return "";
}

}  // namespace

void Session::check_compiler() {
    if (!detector_->fits(identity_))
        throw SubjectError(Verdict::tool_error,
                           fmt::format("{} is clang's, and {} is built by {}\n"
                                       "  Next: cmake --workflow --preset tsan",
                                       detector_->name, subject_, identity_.compiler));
    std::erase_if(cases_, [](const CaseInfo& info) {
        return std::all_of(info.variants.begin(), info.variants.end(),
                           [](const VariantInfo& variant) { return variant.warned_line.empty(); });
    });
}

Result Session::judge_by_compiler(const CaseInfo& info, const VariantInfo& variant) const {
    Result result = begin_result(info, variant);
    const bool must_warn = !variant.warned_line.empty();
    result.expectation = expectation_for(info, variant, *detector_, identity_);
    const auto refuse = [&](const std::string& why) {
        result.verdict = Verdict::tool_error;
        result.seen = why;
        return result;
    };

    const ScratchFile canary;
    canary.write(canary_text);
    Launch launch;
    try {
        launch.command = {"/bin/sh", "-c",
                          compile_command(subject_, info.file) + switches + canary.path()};
    } catch (const std::runtime_error& wrong) {
        return refuse(wrong.what());
    }
    launch.time_limit = request_.timeout;
    const auto traces = run(launch);
    const auto warnings = thread_safety_warnings(traces.log);
    result.log = traces.log;
    if (const auto why = objection_to(traces, warnings, canary.path()); !why.empty())
        return refuse(why);
    const auto lines = lines_of_definition(info.file, variant.type);
    if (!lines) return refuse("the definition of " + variant.type + " is not found");

    result.told = result.trials = result.processes = 1;
    result.because = "trials";
    bool at_the_line = false;
    for (const auto& warning : warnings) {
        if (warning.file != info.file || warning.line < lines->first || warning.line > lines->last)
            continue;
        Report report;
        report.kind = "thread-safety";
        report.variant = result.name;
        report.trial = 0;
        report.what = warning.text;
        report.stacks = {{{variant.type, warning.file, warning.line, ""}}};
        const auto code = line_of(warning.file, warning.line).value_or("");
        result.code[fmt::format("{}:{}", warning.file, warning.line)] = code;
        at_the_line =
            at_the_line || (must_warn && code.find(variant.warned_line) != std::string::npos);
        result.reports.push_back(std::move(report));
    }
    const bool flagged = !result.reports.empty();
    ++(flagged ? result.cells.flagged_right : result.cells.silent_right);
    result.outcomes = {{"compiled", flagged, 1}};
    result.definition = definition_of(info.file, variant.type).value_or("");
    const auto first = flagged
                           ? text_of(result.reports.front()) + ": " + result.reports.front().what
                           : std::string("no warning");
    const bool broken = variant.defect != "none";
    result.seen = first;
    result.verdict = !flagged      ? (broken ? Verdict::missed : Verdict::clean)
                     : !broken     ? Verdict::false_alarm
                     : at_the_line ? Verdict::caught
                                   : Verdict::wrong_race;
    if (result.verdict == Verdict::wrong_race && must_warn)
        result.seen =
            fmt::format("not at the line that holds '{}'; first: {}", variant.warned_line, first);
    switch (result.expectation.stance) {
        case Stance::must_flag: result.as_expected = result.verdict == Verdict::caught; break;
        case Stance::blind: result.as_expected = result.verdict == Verdict::missed; break;
        default: result.as_expected = result.verdict == Verdict::clean;
    }
    return result;
}

}  // namespace racepair::judge
