// What a session does with a subject that runs under valgrind.

#include <fmt/format.h>

#include <cstdlib>

#include "canary.hpp"
#include "scratch_file.hpp"
#include "session.hpp"
#include "valgrind_xml.hpp"

namespace racepair::judge {
namespace {

/// Is an access made by the harness itself? Its gate orders threads in ways that no tool can
/// follow.
bool is_of_harness(const Report& report) {
    for (const auto& access : report.accesses)
        if (!access.stack.empty() &&
            (access.stack.front().function.starts_with("racepair::Order::") ||
             access.stack.front().function.starts_with("racepair::subject::")))
            return true;
    return false;
}

/// The tool tells no trial: the canary's reports are those that are made by its code.
std::string owner_of(const Report& report, const std::string& variant) {
    const auto made_by = [&](const char* code) {
        for (const auto& access : report.accesses)
            for (const auto& frame : access.stack)
                if (frame.function.find(code) != std::string::npos) return true;
        return false;
    };
    if (made_by("racepair_canary::Racy")) return canary_racy;
    if (made_by("racepair_canary::Fixed")) return canary_fixed;
    return variant;
}

}  // namespace

void Session::check_valgrind() {
    valgrind_ = program_in_path("valgrind");
    if (valgrind_.empty())
        throw SubjectError(Verdict::tool_error,
                           fmt::format("{} is absent: valgrind is not in PATH\n"
                                       "  Install it: sudo apt-get install valgrind",
                                       detector_->name));
    if (!detector_->fits(identity_))
        throw SubjectError(
            Verdict::tool_error,
            fmt::format("{} runs plain subjects, and {} is built for the detector {}\n"
                        "  Next: cmake --workflow --preset plain-O0",
                        detector_->name, subject_, detector_of(identity_).name));
    if (const char* value = std::getenv("VALGRIND_OPTS"); value != nullptr && *value != '\0')
        preparation_.notes.push_back(
            fmt::format("neutralised VALGRIND_OPTS={}: an option can mute reports", value));
}

/// One process under the tool: its traces, with what the tool reported put into the evidence.
std::pair<Traces, Evidence> Session::launch_under_valgrind(
    const std::string& name, const Told& told,
    const std::function<void(std::string_view)>& on_line) const {
    const ScratchFile xml;
    Launch launch;
    // Threads take turns under valgrind, and a fair turn is what a loop that waits needs. What is
    // freed counts as written, so that a use which nothing orders before it is a race.
    launch.command = {valgrind_,
                      "--command-line-only=yes",
                      "--tool=" + detector_->valgrind_tool,
                      "--quiet",
                      "--xml=yes",
                      "--xml-file=" + xml.path(),
                      "--fair-sched=yes",
                      "--free-is-write=yes",
                      "--num-callers=24",
                      "--error-limit=no",
                      "--child-silent-after-fork=yes"};
    const auto add = [&](const std::vector<std::string>& words) {
        launch.command.insert(launch.command.end(), words.begin(), words.end());
    };
    add(detector_->tool_options);
    add({subject_});
    if (!program_) add({"--team-of-one-run"});
    add(told.arguments);
    launch.environment = preparation_.environment;
    launch.environment.insert(told.environment.begin(), told.environment.end());
    launch.time_limit = request_.timeout;
    launch.on_evidence = on_line;
    auto traces = run(launch);
    auto evidence = read_evidence(traces.evidence);
    auto reported = read_valgrind(xml.text());
    if (!reported.fault.empty() && traces.ending.how == Ended::exited &&
        (traces.ending.code == 0 || program_))
        evidence.faults.push_back(reported.fault);
    for (auto& report : reported.reports) {
        if (is_of_harness(report)) continue;
        report.variant = owner_of(report, name);
        report.trial = 0;
        evidence.runs[report.variant].reports.push_back(std::move(report));
    }
    // There is one trial in a process, so the reports are all of it.
    for (auto& [variant, run] : evidence.runs)
        if (!run.reports.empty())
            for (auto& outcome : run.outcomes) outcome.flagged = true;
    return {std::move(traces), std::move(evidence)};
}

}  // namespace racepair::judge
