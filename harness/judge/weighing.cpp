#include "weighing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "canary.hpp"
#include "detector.hpp"
#include "distrust.hpp"
#include "place.hpp"

namespace racepair::judge {
namespace {

/// How many there were, and what that says of the next one. Schedules are chosen, not drawn: no
/// interval makes sense of their number.
std::string share(const Matter& matter, const Rate& rate) {
    return matter.detector.explores ? fmt::format("{} of {} schedules", rate.hits, rate.trials)
                                    : rate.text() + " trials";
}

std::string stopped_early(const VariantRun& run) {
    if (run.explored) return "";
    return run.because == "seen" ? fmt::format(" (asked for {}, went on until it showed)", run.told)
                                 : "";
}

/// A report that is neither the variant's nor the canary's own race: made before anything was
/// entered, say. nullptr if there is none.
const Report* stray_report(const Evidence& evidence, const std::string& name) {
    const auto* canary = evidence.find_case(canary_case);
    for (const auto& [other, run] : evidence.runs)
        for (const auto& report : run.reports)
            if (other != name &&
                !(other == canary_racy && canary != nullptr && is_of_case(report, *canary)))
                return &report;
    return nullptr;
}

/// Where a case grades what is not right: an outcome that is neither right nor interesting, or
/// nullptr.
const OutcomeCount* forbidden_outcome(const VariantRun& run, const CaseInfo& info) {
    if (info.interesting.empty()) return nullptr;
    const auto found =
        std::find_if(run.outcomes.begin(), run.outcomes.end(), [&](const OutcomeCount& count) {
            return !is_right(count.outcome, info.expected) &&
                   !is_right(count.outcome, info.interesting);
        });
    return found == run.outcomes.end() ? nullptr : &*found;
}

/// The same of a whole program: what was reported is held against what it has to show. What it
/// exits with tells its outcome only where nothing is wrong with it.
Judgement observe_program(const Matter& matter, const VariantRun& run) {
    const auto& sought = matter.info.program->sought;
    const auto cells = cells_of(run, matter.info.expected);
    for (const auto& report : run.reports) {
        const bool is_known =
            std::any_of(sought.begin(), sought.end(),
                        [&](const SoughtReport& one) { return is_sought(report, one); });
        if (!is_known)
            return judged(sought.empty() ? Verdict::false_alarm : Verdict::wrong_race,
                          (sought.empty() ? "reported, where nothing should be: "
                                          : "reported beside what should be: ") +
                              text_of(report));
    }
    for (const auto& one : sought)
        if (std::none_of(run.reports.begin(), run.reports.end(),
                         [&](const Report& report) { return is_sought(report, one); }))
            return judged(Verdict::missed,
                          fmt::format("not reported: {} in {}", one.kind, one.place));
    if (!sought.empty())
        return judged(Verdict::caught,
                      fmt::format("flagged in {}, first: {}", share(matter, cells.flagged()),
                                  text_of(run.reports.front())));
    for (const auto& count : run.outcomes)
        if (!is_right(count.outcome, matter.info.expected))
            return judged(
                Verdict::wrong_outcome,
                fmt::format("{} in {}, expected {}", count.outcome, share(matter, cells.wrong()),
                            fmt::join(matter.info.expected, " or ")));
    return judged(Verdict::clean, matter.detector.sees_reports
                                      ? "not one report in " + share(matter, cells.flagged())
                                      : "exit status wrong in " + share(matter, cells.wrong()));
}

/// The observations of a run that can be trusted, named.
Judgement observe(const Matter& matter, const VariantRun& run) {
    const bool broken = matter.variant.defect != "none";
    const auto cells = cells_of(run, matter.info.expected);
    const auto found = matter.detector.signs_of_defect.find(matter.variant.defect);
    const auto signs =
        found != matter.detector.signs_of_defect.end() ? found->second : Detector::Signs{};

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
    if (matter.info.program) return observe_program(matter, run);
    if (matter.detector.sees_reports && !run.reports.empty()) {
        if (!broken) {
            std::vector<std::string> details;
            if (cells.wrong().hits > 0)
                details.push_back("the outcome is wrong as well, in " +
                                  share(matter, cells.wrong()));
            return judged(
                Verdict::false_alarm,
                "flagged, though it is said to be correct: " + text_of(run.reports.front()),
                details);
        }
        for (const auto& report : run.reports) {
            const bool right_kind =
                std::find(signs.kinds.begin(), signs.kinds.end(), report.kind) != signs.kinds.end();
            if (right_kind && is_of_case(report, matter.info))
                return judged(Verdict::caught, fmt::format("flagged in {}{}, first: {}",
                                                           share(matter, cells.flagged()),
                                                           stopped_early(run), text_of(report)));
        }
        const bool outcome_shows_it = signs.outcome && cells.wrong().hits > 0;
        if (!outcome_shows_it)
            return judged(
                Verdict::wrong_race,
                fmt::format("not one report is of the expected kind ({}) in the case's own code or "
                            "object; first: {}",
                            signs.kinds.empty() ? "none" : signs.kinds.front(),
                            text_of(run.reports.front())));
    }
    if (const auto* forbidden = forbidden_outcome(run, matter.info))
        return judged(Verdict::wrong_outcome,
                      fmt::format("forbidden outcome {} in {} of {} trials: no order of memory "
                                  "accesses gives it; expected {}, interesting {}",
                                  forbidden->outcome, forbidden->count, cells.trials(),
                                  fmt::join(matter.info.expected, " or "),
                                  fmt::join(matter.info.interesting, " or ")));
    if (cells.wrong().hits > 0) {
        const auto wrong =
            std::find_if(run.outcomes.begin(), run.outcomes.end(), [&](const OutcomeCount& count) {
                return !is_right(count.outcome, matter.info.expected);
            });
        const auto seen = fmt::format("wrong outcome in {}{}, for example {} instead of {}",
                                      share(matter, cells.wrong()), stopped_early(run),
                                      wrong->outcome, fmt::join(matter.info.expected, " or "));
        const bool catches = signs.outcome && broken;
        if (catches && !matter.detector.sees_reports && !run.explored && !run.alone)
            return judged(Verdict::tool_error,
                          seen +
                              ", but nothing says that it is right when nobody interferes: state "
                              "a control, .needs_company(control)");
        return judged(
            catches ? Verdict::caught : Verdict::wrong_outcome,
            matter.detector.sees_reports && run.reports.empty() ? seen + "; not one report" : seen);
    }
    const auto silent =
        fmt::format("{}outcome wrong in {}", matter.detector.sees_reports ? "not one report; " : "",
                    share(matter, cells.wrong()));
    if (run.explored && !run.explored->exhausted) {
        const auto why = why_not_exhausted(*run.explored);
        // Where no schedule came to its end, there was nothing to miss.
        return broken && cells.trials() > 0 ? judged(Verdict::missed, silent + "; " + why)
                                            : judged(Verdict::not_run, why, {silent});
    }
    return judged(broken ? Verdict::missed : Verdict::clean, silent);
}

/// Is the verdict what a detector gives that sees a part of the schedules only?
bool agrees_in_part(const Matter& matter, const Judgement& seen) {
    if (matter.variant.defect == "none") return seen.verdict == Verdict::not_run;
    return seen.verdict == Verdict::missed;
}

/// Does what was seen agree with what is expected?
bool agrees(const Matter& matter, const Judgement& seen, const VariantRun& run) {
    const auto cells = cells_of(run, matter.info.expected);
    const auto shown = matter.detector.sees_outcomes ? cells.wrong() : cells.flagged();
    switch (matter.expectation.stance) {
        case Stance::must_flag: return seen.verdict == Verdict::caught;
        case Stance::must_stay_silent: return seen.verdict == Verdict::clean;
        case Stance::false_alarm:
            if (matter.variant.defect != "none") return seen.verdict == Verdict::wrong_race;
            return seen.verdict == Verdict::false_alarm && cells.wrong().hits == 0;
        case Stance::blind:
            if (matter.detector.explores) return agrees_in_part(matter, seen);
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

Judgement judged(Verdict verdict, std::string seen, std::vector<std::string> details) {
    return {verdict, false, std::move(seen), std::move(details)};
}

Judgement weigh(const Matter& matter) {
    if (auto judgement = distrust(matter)) return *judgement;
    const auto& run = matter.run();
    auto judgement = observe(matter, run);
    judgement.as_expected = agrees(matter, judgement, run);
    return judgement;
}

}  // namespace racepair::judge
