// What a session does with a subject that explores schedules.

#include <fmt/format.h>

#include "object_names.hpp"
#include "session.hpp"

namespace racepair::judge {

/// What runs one schedule after the other runs under nothing else, and nothing else explores.
void Session::check_explorer() {
    const bool is_explorer = identity_.runtime == "explorer";
    if (detector_->explores == is_explorer || detector_->compiles) return;
    if (is_explorer)
        throw SubjectError(Verdict::tool_error,
                           fmt::format("{} is linked with the explorer, and {} is not what runs "
                                       "it\n  Next: leave --detector out, or build another preset",
                                       subject_, detector_->name));
    throw SubjectError(Verdict::tool_error,
                       fmt::format("{} is not linked with the explorer: it is built for the "
                                   "detector {}\n  Next: cmake --workflow --preset explore",
                                   subject_, detector_of(identity_).name));
}

/// A case is what it is at the size at which its schedules are explored.
void Session::explore_scopes() {
    if (request_.isolate)
        preparation_.notes.push_back(
            "--isolate changes nothing: each schedule begins with fresh memory");
    if (request_.exploring.is_noise() && !request_.exploring.scope) return;
    for (auto& info : cases_) {
        info.threads = info.explore_scope.threads;
        info.rounds = info.explore_scope.rounds;
        info.expected = info.explore_scope.expected;
    }
}

const Symbols& Session::symbols() const {
    if (symbols_ == nullptr) symbols_ = std::make_unique<Symbols>(subject_);
    return *symbols_;
}

Session::Told Session::tell_exploring(const CaseInfo& info, const VariantInfo& variant,
                                      const Expectation& expectation) const {
    const auto& exploring = request_.exploring;
    Told told;
    told.arguments = words_to_run(info, variant);
    const auto add = [&](const std::vector<std::string>& words) {
        told.arguments.insert(told.arguments.end(), words.begin(), words.end());
    };
    if (request_.trials) add({"--executions", std::to_string(*request_.trials)});
    if (request_.budget) add({"--budget-ms", std::to_string(request_.budget->count())});
    if (expectation.stance == Stance::must_flag && !exploring.go_on) add({"--until-seen"});
    return told;
}

/// The explorer names none of its frames and objects.
void Session::name_all(Evidence& evidence, const VariantInfo& variant) const {
    for (auto& [name, run] : evidence.runs) {
        for (auto& report : run.reports) symbols().name(report);
        if (!run.schedule) continue;
        symbols().name(*run.schedule);
        name_objects(*run.schedule, variant.type, symbols());
    }
}

std::vector<std::string> Session::words_to_run(const CaseInfo& info,
                                               const VariantInfo& variant) const {
    const auto& exploring = request_.exploring;
    std::vector<std::string> words = {"--run",     info.name + "." + variant.name,
                                      "--threads", std::to_string(info.threads),
                                      "--rounds",  std::to_string(info.rounds)};
    const auto how = exploring.arguments();
    words.insert(words.end(), how.begin(), how.end());
    if (exploring.is_noise())
        words.insert(words.end(), {"--trials", std::to_string(request_.trials.value_or(1))});
    return words;
}

Session::Unweighed Session::watch(const CaseInfo& info, const VariantInfo& variant) const {
    Unweighed seen{begin_result(info, variant), ""};
    const auto traces = launch(words_to_run(info, variant), preparation_.environment,
                               [&](std::string_view line) { hear(seen.result.name, 0, line); });
    auto evidence = read_evidence(traces.evidence);
    name_all(evidence, variant);
    fill(seen.result, evidence, traces);
    const auto& run = evidence.runs[seen.result.name];
    if (!evidence.troubles.empty())
        seen.refused = evidence.troubles.front();
    else if (!evidence.faults.empty())
        seen.refused = "the evidence cannot be read: " + evidence.faults.front();
    else if (!run.finished || !evidence.bye)
        seen.refused = "the subject " + seen.result.ending;
    return seen;
}

}  // namespace racepair::judge
