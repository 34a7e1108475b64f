#include "weighing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "detector.hpp"
#include "place.hpp"

namespace racepair::judge {
namespace {

constexpr const char* canary_racy = "racepair.canary.racy";
constexpr const char* canary_fixed = "racepair.canary.fixed";

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

bool is_right(const std::string& outcome, const std::vector<std::string>& expected) {
    return std::find(expected.begin(), expected.end(), outcome) != expected.end();
}

Judgement judged(Verdict verdict, std::string seen, std::vector<std::string> details = {}) {
    return {verdict, false, std::move(seen), std::move(details)};
}

/// What keeps anything from being concluded; empty verdicts fall through to the next question.
std::optional<Judgement> distrust_process(const Matter& matter) {
    const Ended how = matter.ending.how;
    if (how == Ended::not_started) return judged(Verdict::tool_error, matter.ending.detail);
    if (how == Ended::hung)
        return judged(Verdict::hung, "the subject " + how_it_ended(matter.ending));
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

const VariantRun& run_of(const Evidence& evidence, const std::string& name) {
    static const VariantRun nothing;
    const auto found = evidence.runs.find(name);
    return found == evidence.runs.end() ? nothing : found->second;
}

std::optional<Judgement> distrust_detector(const Matter& matter) {
    const auto& identity = *matter.evidence.identity;
    const auto& racy = run_of(matter.evidence, canary_racy);
    const auto& fixed = run_of(matter.evidence, canary_fixed);
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

    if (!matter.detector.sees_reports) {
        if (!matter.detector.fits(identity))
            return judged(Verdict::tool_error,
                          fmt::format("this subject is built for the detector {}, not for {}",
                                      detector_of(identity).name, matter.detector.name));
        return std::nullopt;
    }
    if (identity.runtime.empty())
        return judged(Verdict::not_instrumented,
                      "no ThreadSanitizer runtime is linked into the subject");
    if (!identity.instrumented)
        return judged(Verdict::not_instrumented,
                      "the subject is linked with ThreadSanitizer but was compiled without "
                      "-fsanitize=thread");
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
        if (!matter.canary_silenced_by.empty())
            return judged(Verdict::tool_error,
                          "the canary's race is not reported, and would be without " +
                              matter.canary_silenced_by);
        return judged(Verdict::not_instrumented,
                      "the canary's race is not reported: an ignorelist or a flag removes the "
                      "instrumentation");
    }
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
    if (!orderly || matter.ending.code != 0)
        return judged(Verdict::crashed,
                      fmt::format("the subject {} after its last trial, on its way out",
                                  how_it_ended(matter.ending)));
    if (matter.evidence.cut_short)
        return judged(Verdict::tool_error,
                      "the last record is cut short, although the subject came to an orderly end");
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

std::string stopped_early(const VariantRun& run) {
    return run.because == "seen" ? fmt::format(" (asked for {}, went on until it showed)", run.told)
                                 : "";
}

/// A report that is neither the variant's nor the canary's own race: made before anything was
/// entered, say. nullptr if there is none.
const Report* stray_report(const Evidence& evidence, const std::string& name) {
    const auto* canary = evidence.find_case("racepair.canary");
    for (const auto& [other, run] : evidence.runs)
        for (const auto& report : run.reports)
            if (other != name &&
                !(other == canary_racy && canary != nullptr && is_of_case(report, *canary)))
                return &report;
    return nullptr;
}

/// The observations of a run that can be trusted, named.
Judgement observe(const Matter& matter, const VariantRun& run) {
    const bool broken = matter.variant.defect != "none";
    const auto cells = cells_of(run, matter.info.expected);
    const auto kind = matter.detector.kind_of_defect.find(matter.variant.defect);

    if (matter.detector.sees_reports && run.reports.empty() && cells.flagged().hits > 0)
        return judged(Verdict::tool_error,
                      fmt::format("{} trials count as flagged, but not one report came with them",
                                  cells.flagged().hits));
    if (matter.detector.sees_reports && !broken && run.reports.empty()) {
        if (const auto* stray =
                stray_report(matter.evidence, matter.info.name + "." + matter.variant.name))
            return judged(Verdict::false_alarm,
                          "reported outside of the variant's trials: " + text_of(*stray));
    }
    if (matter.detector.sees_reports && !run.reports.empty()) {
        if (!broken) {
            std::vector<std::string> details;
            if (cells.wrong().hits > 0)
                details.push_back(fmt::format("the outcome is wrong as well, in {} trials",
                                              cells.wrong().text()));
            return judged(Verdict::false_alarm,
                          "a correct variant was flagged: " + text_of(run.reports.front()),
                          details);
        }
        for (const auto& report : run.reports) {
            const bool right_kind =
                kind != matter.detector.kind_of_defect.end() && report.kind == kind->second;
            if (right_kind && is_of_case(report, matter.info))
                return judged(Verdict::caught, fmt::format("flagged in {} trials{}, first: {}",
                                                           cells.flagged().text(),
                                                           stopped_early(run), text_of(report)));
        }
        return judged(
            Verdict::wrong_race,
            fmt::format(
                "not one report is of the expected kind ({}) in the case's own code or object; "
                "first: {}",
                kind != matter.detector.kind_of_defect.end() ? kind->second : "none",
                text_of(run.reports.front())));
    }
    if (cells.wrong().hits > 0) {
        const auto wrong =
            std::find_if(run.outcomes.begin(), run.outcomes.end(), [&](const OutcomeCount& count) {
                return !is_right(count.outcome, matter.info.expected);
            });
        const auto seen = fmt::format("wrong outcome in {} trials{}, for example {} instead of {}",
                                      cells.wrong().text(), stopped_early(run), wrong->outcome,
                                      fmt::join(matter.info.expected, " or "));
        const bool catches = matter.detector.sees_outcomes && broken;
        return judged(catches ? Verdict::caught : Verdict::wrong_outcome,
                      matter.detector.sees_reports ? seen + "; not one report" : seen);
    }
    const auto silent =
        fmt::format("{}outcome wrong in {} trials",
                    matter.detector.sees_reports ? "not one report; " : "", cells.wrong().text());
    return judged(broken ? Verdict::missed : Verdict::clean, silent);
}

/// Does what was seen agree with what is expected?
bool agrees(const Matter& matter, const Judgement& seen, const VariantRun& run) {
    const auto cells = cells_of(run, matter.info.expected);
    const auto shown = matter.detector.sees_outcomes ? cells.wrong() : cells.flagged();
    switch (matter.expectation.stance) {
        case Stance::must_flag: return seen.verdict == Verdict::caught;
        case Stance::must_stay_silent: return seen.verdict == Verdict::clean;
        case Stance::false_alarm:
            return seen.verdict == Verdict::false_alarm && cells.wrong().hits == 0;
        case Stance::blind:
            if (matter.expectation.wrong_anyway) return seen.verdict == Verdict::wrong_outcome;
            if (seen.verdict ==
                Verdict::caught)  // the lower end: beyond the bound with 95 % confidence only
                return matter.expectation.at_most > 0 && shown.low() <= matter.expectation.at_most;
            return seen.verdict == Verdict::missed ||
                   (seen.verdict == Verdict::wrong_outcome && matter.detector.sees_reports);
    }
    return false;
}

}  // namespace

Cells cells_of(const VariantRun& run, const std::vector<std::string>& expected) {
    Cells cells;
    for (const auto& [outcome, flagged, count] : run.outcomes) {
        auto& right = flagged ? cells.flagged_right : cells.silent_right;
        auto& wrong = flagged ? cells.flagged_wrong : cells.silent_wrong;
        (is_right(outcome, expected) ? right : wrong) += count;
    }
    return cells;
}

bool canary_was_flagged(const Evidence& evidence) {
    const auto* info = evidence.find_case("racepair.canary");
    const auto& reports = run_of(evidence, canary_racy).reports;
    return info != nullptr &&
           std::any_of(reports.begin(), reports.end(), [&](const Report& report) {
               return report.kind == "data-race" && is_of_case(report, *info);
           });
}

Judgement weigh(const Matter& matter) {
    const auto& run = run_of(matter.evidence, matter.info.name + "." + matter.variant.name);
    if (auto judgement = distrust_process(matter)) return *judgement;
    if (auto judgement = distrust_detector(matter)) return *judgement;
    if (auto judgement = distrust_run(matter, run)) return *judgement;
    auto judgement = observe(matter, run);
    judgement.as_expected = agrees(matter, judgement, run);
    return judgement;
}

}  // namespace racepair::judge
