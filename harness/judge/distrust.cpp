#include "distrust.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "canary.hpp"
#include "detector.hpp"
#include "place.hpp"
#include "tsan_options.hpp"

namespace racepair::judge {
namespace {

/// What is known about a start-up that failed, from what the runtime printed: the cause and its
/// cure.
std::string cause_in(const std::string& log) {
    constexpr std::array<std::pair<const char*, const char*>, 5> known = {{
        {"unexpected memory mapping",
         "the runtime cannot place its memory under this kernel's address randomisation "
         "(vm.mmap_rnd_bits); cure: "
         "sudo sysctl vm.mmap_rnd_bits=28, or allow personality(ADDR_NO_RANDOMIZE) in the "
         "container "
         "(--security-opt seccomp=unconfined)"},
        {"failed to read suppressions file",
         "the suppressions file of TSAN_OPTIONS does not exist or cannot be read"},
        {"failed to parse suppressions", "the suppressions file of TSAN_OPTIONS cannot be parsed"},
        {"ERROR: Unknown", "the runtime refused a value in TSAN_OPTIONS"},
        {"Invalid value for", "the runtime refused a value in TSAN_OPTIONS"},
    }};
    for (const auto& [line, cause] : known)
        if (log.find(line) != std::string::npos) return cause;
    return "";
}

std::string how_it_ended(const Ending& ending) {
    switch (ending.how) {
        case Ended::exited: return fmt::format("exited with status {}", ending.code);
        case Ended::signalled:
            return fmt::format("was ended by signal {} ({})", ending.code, strsignal(ending.code));
        case Ended::hung: return fmt::format("was still running after {} ms", ending.wall.count());
        case Ended::over_memory: return "used more memory than allowed: " + ending.detail;
        case Ended::flooded_evidence: return "sent more evidence than anyone can weigh";
        case Ended::not_started: return ending.detail;
    }
    return "";
}

std::optional<Judgement> distrust_process(const Matter& matter) {
    const Ended how = matter.ending.how;
    if (how == Ended::not_started) return judged(Verdict::tool_error, matter.ending.detail);
    if (how == Ended::hung) {
        const auto& run = matter.evidence.run_of(matter.info.name + "." + matter.variant.name);
        const auto done = cells_of(run, matter.info.expected).trials();
        std::vector<std::string> details;
        if (done > 0)
            details.push_back(
                fmt::format("{} {} come to an end before; if it was not stuck but "
                            "slow: a longer --timeout, or fewer --trials",
                            done, done == 1 ? "trial had" : "trials had"));
        return judged(Verdict::hung, "the subject " + how_it_ended(matter.ending), details);
    }
    if (how == Ended::over_memory)
        return judged(Verdict::crashed, "the subject " + how_it_ended(matter.ending));
    if (how == Ended::flooded_evidence)
        return judged(Verdict::tool_error, "the subject " + how_it_ended(matter.ending));
    if (!matter.evidence.faults.empty())
        return judged(Verdict::tool_error,
                      "the evidence cannot be read: " + matter.evidence.faults.front(),
                      matter.evidence.faults);
    if (!matter.evidence.identity) {
        std::vector<std::string> details;
        if (auto cause = cause_in(matter.log); !cause.empty()) details.push_back(cause);
        if (!matter.ending.aslr_failure.empty())
            details.push_back("address randomisation could not be turned off: " +
                              matter.ending.aslr_failure);
        const bool died = how == Ended::signalled;
        return judged(
            died ? Verdict::crashed : Verdict::tool_error,
            fmt::format("the subject {} without leaving any evidence{}",
                        how_it_ended(matter.ending),
                        died ? "" : ": it is no racepair subject, or its runtime did not start"),
            details);
    }
    if (!matter.evidence.troubles.empty())
        return judged(Verdict::tool_error,
                      "the subject reports: " + matter.evidence.troubles.front());
    if (!matter.problems.empty())
        return judged(Verdict::tool_error, matter.problems.front(), matter.problems);
    return std::nullopt;
}

/// Where the suppressions stand, as far as the subject's settings tell.
std::string home_of_suppressions(const Identity& identity) {
    const auto file_in = [](const std::string& options) {
        std::vector<std::string> unreadable;
        std::string file;
        for (const auto& option : read_tsan_options(options, unreadable))
            if (option.key == "suppressions") file = option.value;  // the last one counts
        return file;
    };
    if (const auto file = file_in(identity.options); !file.empty()) return file + " (TSAN_OPTIONS)";
    if (const auto file = file_in(identity.compiled_in_options); !file.empty())
        return file + " (the options compiled into the subject)";
    return "__tsan_default_suppressions() of the subject";
}

/// The files that tell clang what not to instrument. Their paths may have blanks in them: one ends
/// where the next flag begins.
std::vector<std::string> ignorelists_in(const std::string& flags) {
    std::vector<std::string> lists;
    for (const std::string_view option : {"-fsanitize-ignorelist=", "-fsanitize-blacklist="})
        for (auto at = flags.find(option); at != std::string::npos; at = flags.find(option, at)) {
            at += option.size();
            const auto list = flags.substr(at, flags.find(" -", at) - at);
            lists.push_back(list.substr(0, list.find_last_not_of(' ') + 1));
        }
    return lists;
}

std::optional<Judgement> distrust_detector(const Matter& matter) {
    const auto& identity = *matter.evidence.identity;
    const auto& racy = matter.evidence.run_of(canary_racy);
    const auto& fixed = matter.evidence.run_of(canary_fixed);
    if (!racy.finished || !fixed.finished) {
        if (matter.ending.how == Ended::exited && matter.evidence.bye)
            return judged(Verdict::tool_error, "the subject did not run the canary");
        return judged(Verdict::crashed,
                      "the subject " + how_it_ended(matter.ending) + " while the canary ran");
    }
    const auto lost = cells_of(racy, {"1"}), kept = cells_of(fixed, {"2"});
    if (lost.trials() == 0 || kept.trials() == 0)
        return judged(Verdict::tool_error, "the subject ran the canary without a single trial");
    if (lost.wrong().hits > 0 || kept.wrong().hits > 0)
        return judged(Verdict::tool_error,
                      "the canary's outcomes are not what its code can give: the subject was "
                      "miscompiled or altered");
    if (!fixed.reports.empty())
        return judged(Verdict::tool_error,
                      "the canary's repair was flagged: " + text_of(fixed.reports.front()));

    const bool under_valgrind = !matter.detector.valgrind_tool.empty();
    if (!matter.detector.sees_reports || under_valgrind) {
        if (!matter.detector.fits(identity))
            return judged(Verdict::tool_error,
                          fmt::format("this subject is built for the detector {}, not for {}",
                                      detector_of(identity).name, matter.detector.name));
        if (under_valgrind && !canary_was_flagged(matter.evidence))
            return judged(Verdict::tool_error,
                          "the canary's race is not reported by " + matter.detector.long_name +
                              ": a suppression hides it, or the program has no debug information");
        return std::nullopt;
    }
    const bool explores = matter.detector.explores;
    const std::string runtime = explores ? "the explorer" : "ThreadSanitizer";
    if (identity.runtime != (explores ? "explorer" : "tsan"))
        return judged(
            Verdict::not_instrumented,
            fmt::format(
                "{} runtime is linked into the subject{}",
                explores ? "not the explorer's" : "no ThreadSanitizer",
                identity.instrumented ? "" : ", which was compiled without -fsanitize=thread"));
    if (!identity.instrumented)
        return judged(Verdict::not_instrumented,
                      fmt::format("the subject is linked with {} but was compiled without "
                                  "-fsanitize=thread",
                                  runtime));
    if (!matter.info.instrumented)
        return judged(
            Verdict::not_instrumented,
            fmt::format(
                "{} was compiled without -fsanitize=thread, the rest of the subject with it",
                matter.info.file));
    if (!identity.reports_can_be_read)
        return judged(Verdict::tool_error,
                      "this runtime lacks the interface that reports are read from");
    if (!canary_was_flagged(matter.evidence)) {
        if (matter.canary_is_muted)
            return judged(
                Verdict::not_instrumented,
                "the canary's race is not reported: muted by " + matter.canary_silenced_by);
        if (!matter.canary_silenced_by.empty())
            return judged(Verdict::tool_error,
                          "the canary's race is not reported, and would be without " +
                              matter.canary_silenced_by);
        if (!racy.suppressed.empty())
            return judged(Verdict::tool_error,
                          "a suppression hides the canary's race; it stands in " +
                              home_of_suppressions(identity));
        if (const auto lists = ignorelists_in(identity.flags); !lists.empty())
            return judged(Verdict::not_instrumented,
                          fmt::format("the canary's race is not reported: ignored by list {}",
                                      fmt::join(lists, ", or by ")));
        return judged(Verdict::not_instrumented,
                      "the canary's race is not reported: an ignorelist or a flag removes the "
                      "instrumentation");
    }
    if (explores && (!fixed.explored || !fixed.explored->exhausted))
        return judged(Verdict::tool_error,
                      "not all schedules of the canary's repair were explored" +
                          (fixed.explored ? ": " + why_not_exhausted(*fixed.explored) : ""));
    return std::nullopt;
}

/// A run of schedules says what it covered, or it proves nothing.
std::optional<Judgement> distrust_exploration(const VariantRun& run) {
    if (!run.explored)
        return judged(Verdict::tool_error, "the subject does not say what it explored");
    return std::nullopt;
}

std::optional<Judgement> distrust_run(const Matter& matter, const VariantRun& run) {
    const bool orderly = matter.ending.how == Ended::exited && matter.evidence.bye;
    if (!run.entered)
        return judged(orderly ? Verdict::not_run : Verdict::crashed,
                      "the variant was never entered; the subject " + how_it_ended(matter.ending));
    if (!run.finished)
        return judged(Verdict::crashed,
                      fmt::format("the subject {} after {} of {} trials",
                                  how_it_ended(matter.ending), run.trials, run.told));
    // What a whole program exits with is its own, and told as its outcome.
    const bool failed = matter.ending.code != 0 && !matter.info.program;
    if (!orderly || failed)
        return judged(Verdict::crashed,
                      fmt::format("the subject {} after its last trial, on its way out",
                                  how_it_ended(matter.ending)));
    if (matter.evidence.cut_short)
        return judged(Verdict::tool_error,
                      "the last record is cut short, although the subject came to an orderly end");
    for (const auto& [name, other] : matter.evidence.runs)
        for (const auto& report : other.suppressed)
            if (name != canary_racy && (matter.info.program || is_of_case(report, matter.info)))
                return judged(Verdict::tool_error,
                              "a suppression hides a report about the case: " + text_of(report),
                              {"the suppression stands in " +
                               home_of_suppressions(*matter.evidence.identity)});
    if (matter.detector.explores) return distrust_exploration(run);
    if (run.told != matter.told || run.trials < std::max(1LL, matter.told))
        return judged(Verdict::not_run,
                      fmt::format("{} of {} trials were run", run.trials, matter.told));
    if (run.alone && !is_right(*run.alone, run.alone_expected))
        return judged(Verdict::wrong_outcome,
                      fmt::format("with a single thread the outcome is {}, expected {}: this is "
                                  "wrong without any race",
                                  *run.alone, fmt::join(run.alone_expected, " or ")));
    return std::nullopt;
}

}  // namespace

std::optional<Judgement> distrust(const Matter& matter) {
    if (auto judgement = distrust_process(matter)) return judgement;
    if (auto judgement = distrust_detector(matter)) return judgement;
    return distrust_run(matter, matter.run());
}

}  // namespace racepair::judge
