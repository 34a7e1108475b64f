#include "doctor.hpp"

#include <fmt/format.h>
#include <sys/personality.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "place.hpp"

namespace racepair::judge {
namespace {

using State = Finding::State;

struct Tool {
    const char* program;
    const char* serves;
    const char* install;
};

/// What the presets and detectors call.
constexpr std::array tools = {
    Tool{"clang++", "the presets tsan and explore", "apt-get install clang libclang-rt-dev llvm"},
    Tool{"clang++-19", "the preset tsan-clang19",
         "apt-get install clang-19 libclang-rt-19-dev llvm-19"},
    Tool{"clang++-22", "the preset tsan-clang22",
         "apt-get install clang-22 libclang-rt-22-dev llvm-22"},
    Tool{"g++", "the presets plain, plain-O0, tsan-gcc and explore-gcc", "apt-get install g++"},
    Tool{"valgrind", "the detectors helgrind and drd", "apt-get install valgrind"},
};

Finding examine_randomisation(const Machine& machine) {
    Finding finding{"vm.mmap_rnd_bits", State::good, "", ""};
    if (!machine.mmap_rnd_bits)
        return {finding.name, State::remark,
                "cannot be read; runtimes before LLVM 18.1 and gcc 14 need 28 at most", ""};
    finding.seen = std::to_string(*machine.mmap_rnd_bits);
    if (*machine.mmap_rnd_bits > most_mmap_rnd_bits) {
        const bool curable = why_aslr_stays_on().empty();
        finding.state = curable ? State::remark : State::bad;
        finding.seen +=
            fmt::format(", above {}: runtimes before LLVM 18.1 and gcc 14 end before main{}",
                        most_mmap_rnd_bits,
                        curable ? "; racepair turns randomisation off for the subject" : "");
        finding.fix = "sudo sysctl vm.mmap_rnd_bits=28";
    }
    return finding;
}

Finding examine_canary(const Result& racy, const Result& fixed) {
    Finding finding{"canary", State::good, "", ""};
    if (racy.as_expected && fixed.as_expected) {
        finding.seen = racy.detector == "plain"
                           ? "its lost update shows in " + racy.cells.wrong().text() +
                                 " trials, its repair is right"
                           : "its race is caught in " + racy.cells.flagged().text() +
                                 " trials, its repair is silent";
        return finding;
    }
    const auto& wrong = racy.as_expected ? fixed : racy;
    finding.state = State::bad;
    finding.seen = fmt::format("{}: {}", text_of(wrong.verdict), wrong.seen);
    finding.fix = wrong.verdict == Verdict::not_instrumented
                      ? "build with one of the presets tsan or tsan-gcc, or add -fsanitize=thread "
                        "to the compiler's and "
                        "the linker's flags"
                      : wrong.reproduce;
    return finding;
}

Finding examine_symbols(const Result& racy, const Machine& machine) {
    Finding finding{"symbols", State::good, "", ""};
    for (const auto& report : racy.reports)
        for (const auto& access : report.accesses)
            if (const auto* frame = culprit(access.stack)) {
                finding.seen = "reports name functions and lines: " + text_of(*frame);
                if (!machine.symbolizer.empty())
                    finding.seen += "; llvm-symbolizer is " + machine.symbolizer;
                return finding;
            }
    if (racy.reports.empty()) return {finding.name, State::remark, "no report to look at", ""};
    return {finding.name, State::bad, "reports have addresses but no lines",
            "apt-get install llvm"};
}

}  // namespace

std::string text_of(Finding::State state) {
    switch (state) {
        case State::good: return "ok";
        case State::remark: return "remark";
        case State::bad: return "bad";
        case State::absent: return "absent";
    }
    return "";
}

std::string why_aslr_stays_on() {
    const pid_t child = fork();
    if (child == 0) {
        const int current = personality(0xffffffff);
        const bool done = current >= 0 &&
                          personality(static_cast<unsigned long>(current) | ADDR_NO_RANDOMIZE) >= 0;
        _exit(done ? 0 : errno);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return "it could not be tried";
    return WEXITSTATUS(status) == 0 ? "" : std::strerror(WEXITSTATUS(status));
}

std::vector<Finding> examine_machine(const Machine& machine) {
    std::vector<Finding> findings;
    for (const auto& tool : tools) {
        const auto path = program_in_path(tool.program);
        findings.push_back(path.empty()
                               ? Finding{tool.program, State::absent,
                                         std::string("needed for ") + tool.serves, tool.install}
                               : Finding{tool.program, State::good, path, ""});
    }
    findings.push_back(examine_randomisation(machine));
    const auto refused = why_aslr_stays_on();
    findings.push_back(refused.empty()
                           ? Finding{"ASLR", State::good, "can be turned off for a subject", ""}
                           : Finding{"ASLR", State::remark,
                                     "cannot be turned off for a subject: " + refused,
                                     "in a container: --security-opt seccomp=unconfined"});
    findings.push_back(
        {"CPUs", machine.cpus_allowed == 1 ? State::remark : State::good,
         fmt::format("{} of {} may be used ({}){}", machine.cpus_allowed, machine.cpus_online,
                     machine.allowed_list,
                     machine.cpus_allowed == 1 ? ": natural miscounts do not happen on one" : ""),
         ""});
    return findings;
}

std::vector<Finding> examine_subject(const std::string& subject, const Request& request,
                                     const Machine& machine) {
    std::vector<Finding> findings;
    try {
        const Session session(subject, request, machine);
        const auto& identity = session.identity();
        findings.push_back(
            {"subject", State::good,
             fmt::format("{}: {} {}, {}, detector {}", subject, identity.compiler,
                         identity.compiler_version, identity.architecture, session.detector().name),
             ""});
        const bool looks = identity.instrumented && !identity.runtime.empty();
        findings.push_back({"instrumentation",
                            session.detector().sees_reports && !looks ? State::bad : State::good,
                            fmt::format("compiled with -fsanitize=thread: {}; runtime linked: {}",
                                        identity.instrumented ? "yes" : "no",
                                        identity.runtime.empty() ? "none" : identity.runtime),
                            session.detector().sees_reports && !looks
                                ? "compile and link with -fsanitize=thread"
                                : ""});
        for (const auto& note : session.preparation().notes)
            findings.push_back({"note", State::remark, note, ""});
        for (const auto& problem : session.preparation().problems)
            findings.push_back(
                {"TSAN_OPTIONS", State::bad, problem, "correct it, or unset TSAN_OPTIONS"});

        const CaseInfo* canary = nullptr;
        for (const auto& info : session.cases())
            if (info.name == "racepair.canary") canary = &info;
        if (canary == nullptr || canary->variants.size() != 2) {
            findings.push_back({"canary", State::bad, "the subject has no canary",
                                "link it with racepair::subject"});
            return findings;
        }
        const auto racy = session.judge(*canary, canary->variants[0]);
        const auto fixed = session.judge(*canary, canary->variants[1]);
        findings.push_back(examine_canary(racy, fixed));
        if (session.detector().sees_reports) findings.push_back(examine_symbols(racy, machine));
    } catch (const SubjectError& error) {
        findings.push_back({"subject", State::bad,
                            fmt::format("{}: {}", text_of(error.verdict), error.what()),
                            "build it: cmake --workflow --preset tsan"});
    }
    return findings;
}

}  // namespace racepair::judge
