#include "session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <tuple>

#include "canary.hpp"
#include "clipped_log.hpp"
#include "distinct_reports.hpp"
#include "place.hpp"
#include "tsan_options.hpp"

namespace racepair::judge {
namespace {

/// How long trials go on, beyond the ones asked for, for a defect that must show and did not yet.
/// Chance of a miss that this leaves is stated with the result.
constexpr long long extension_ms = 15'000;

void keep_source(Result& result, const Frame* frame) {
    if (frame == nullptr) return;
    const auto place = fmt::format("{}:{}", frame->file, frame->line);
    if (result.code.contains(place)) return;
    if (const auto line = line_of(frame->file, frame->line)) result.code[place] = *line;
}

void keep_sources(Result& result) {
    if (result.schedule)
        for (const auto& step : result.schedule->steps) keep_source(result, culprit(step.stack));
    for (const auto& report : result.reports) {
        for (const auto& access : report.accesses) keep_source(result, culprit(access.stack));
        for (const auto& stack : report.stacks) keep_source(result, culprit(stack));
        for (const auto& stack : report.handover) keep_source(result, culprit(stack));
    }
    result.definition = definition_of(result.info.file, result.variant_info().type).value_or("");
}

std::string words_of(const Ending& ending) {
    switch (ending.how) {
        case Ended::exited: return fmt::format("exited with status {}", ending.code);
        case Ended::signalled: return fmt::format("ended by signal {}", ending.code);
        case Ended::hung: return "ended at its time limit: " + ending.detail;
        case Ended::over_memory:
        case Ended::flooded_evidence:
        case Ended::not_started: return ending.detail;
    }
    return "";
}

/// A number in a line of evidence that was not yet looked at closely; 0 if it is not there.
long long number_in(std::string_view line, std::string_view key) {
    const auto at = line.find(key);
    return at == std::string_view::npos
               ? 0
               : std::atoll(std::string(line.substr(at + key.size(), 18)).c_str());
}

/// Number of trials in a line of evidence, or -1.
long long trials_told_by(std::string_view line) {
    constexpr std::string_view begin = "{\"record\":\"trials\"";
    if (!line.starts_with(begin)) return -1;
    return number_in(line, "\"from\":") + number_in(line, "\"count\":");
}

}  // namespace

Session::Session(std::string subject, Request request, Machine machine)
    : subject_(std::move(subject)), request_(std::move(request)), machine_(std::move(machine)) {
    // What the detector needs is known only when the subject has said what it is; ThreadSanitizer's
    // environment does a plain subject no harm, so both are asked alike.
    preparation_ = tsan_detector().prepare(machine_);
    auto listing = request_.exploring.scope_arguments();
    listing.insert(listing.begin(), "--list");
    const auto traces = launch(listing, preparation_.environment);
    auto evidence = read_evidence(traces.evidence);
    if (!evidence.identity || !evidence.bye || !evidence.faults.empty() ||
        !evidence.troubles.empty() || traces.ending.how != Ended::exited) {
        static const CaseInfo no_case;
        static const VariantInfo no_variant;
        static const Expectation no_expectation;
        const auto judgement = weigh({no_case,
                                      no_variant,
                                      plain_detector(),
                                      no_expectation,
                                      evidence,
                                      traces.ending,
                                      0,
                                      {},
                                      "",
                                      traces.log});
        std::string what = fmt::format("{} cannot tell its cases: {}", subject_, judgement.seen);
        for (const auto& detail : judgement.details)
            if (what.find(detail) == std::string::npos) what += "\n  " + detail;
        if (!traces.log.empty()) what += "\n  it printed: " + traces.log.substr(0, 600);
        throw SubjectError(judgement.verdict, what);
    }
    identity_ = *evidence.identity;
    cases_ = std::move(evidence.cases);
    for (const auto& info : cases_)
        if (info.program) program_ = info.program;
    detector_ =
        request_.detector.empty() ? &detector_of(identity_) : find_detector(request_.detector);
    if (detector_ == nullptr)
        throw SubjectError(Verdict::not_run, "there is no detector " + request_.detector);
    check_explorer();
    preparation_ = detector_->prepare(machine_);
    if (!traces.ending.aslr_failure.empty())
        preparation_.notes.push_back("address randomisation could not be turned off: " +
                                     traces.ending.aslr_failure);
    if (detector_ == &tsan_detector()) check_option_keys();
    if (detector_ == &tsan_detector() && request_.muted) leave_muted();
    // Its trials are processes: in one of them, a race that was told is told.
    if (program_) preparation_.environment["TSAN_OPTIONS"] += ":suppress_equal_stacks=1";
    if (!detector_->valgrind_tool.empty()) check_valgrind();
    if (detector_->explores) explore_scopes();
    if (detector_->compiles)
        check_compiler();
    else if (!detector_->explores || request_.exploring.is_noise())
        leave_out_what_may_hang();
}

void Session::leave_out_what_may_hang() {
    const auto first = std::stable_partition(
        cases_.begin(), cases_.end(), [](const CaseInfo& info) { return info.may_hang.empty(); });
    left_out_.assign(std::make_move_iterator(first), std::make_move_iterator(cases_.end()));
    cases_.erase(first, cases_.end());
}

Traces Session::launch(const std::vector<std::string>& arguments,
                       const std::map<std::string, std::string>& environment,
                       const std::function<void(std::string_view)>& on_line) const {
    Launch launch;
    launch.command.push_back(subject_);
    launch.command.insert(launch.command.end(), arguments.begin(), arguments.end());
    launch.environment = environment;
    launch.time_limit = request_.timeout;
    // The budget ends an exploration; this is for one that cannot end itself.
    if (detector_ != nullptr && detector_->explores)
        launch.time_limit += 2 * request_.budget.value_or(Exploring::usual_budget);
    launch.aslr_off = preparation_.aslr_off;
    launch.on_evidence = on_line;
    return run(launch);
}

/// The runtime ignores a key that it does not know, without a word. It can be asked for those that
/// it knows.
void Session::check_option_keys() {
    std::vector<std::string> unreadable;
    const auto given = read_tsan_options(machine_.tsan_options.value_or(""), unreadable);
    if (given.empty()) return;
    auto environment = preparation_.environment;
    environment["TSAN_OPTIONS"] = "help=1";
    const auto known = keys_in_help(launch({"--list"}, environment).log);
    if (known.empty()) {
        preparation_.notes.push_back(
            "the runtime did not list its options, so the keys of TSAN_OPTIONS are unchecked");
        return;
    }
    for (const auto& option : given) {
        if (std::find(known.begin(), known.end(), option.key) != known.end()) continue;
        const auto meant = nearest_key(option.key, known);
        preparation_.problems.push_back(fmt::format(
            "this runtime does not know the key '{}' of TSAN_OPTIONS and would ignore it{}",
            option.key, meant.empty() ? "" : "; did you mean " + meant + "?"));
    }
}

/// What mutes the reports of a lane's other tests mutes its canary.
void Session::leave_muted() {
    const auto mute = [&](const std::string& options, const std::string& where) {
        std::vector<std::string> unreadable;
        for (const auto& option : read_tsan_options(options, unreadable)) {
            if (option.key != "report_bugs") continue;
            preparation_.environment["TSAN_OPTIONS"] += ":report_bugs=" + option.value;
            muted_by_ = fmt::format("report_bugs={} of {}", option.value, where);
        }
    };
    mute(identity_.compiled_in_options, "the options compiled into the subject");
    mute(machine_.tsan_options.value_or(""), "TSAN_OPTIONS");
    std::erase_if(preparation_.notes, [](const std::string& note) {
        return note.starts_with("neutralised report_bugs");
    });
}

/// A whole program has a command line of its own, and is told by its environment what to run.
Session::Told Session::tell_program(const CaseInfo& info, const std::string& name) const {
    Told told{1, {}, {{"RACEPAIR_RUN", name}}};
    if (info.program) told.arguments = info.program->arguments;
    return told;
}

Session::Told Session::tell(const CaseInfo& info, const VariantInfo& variant,
                            const Expectation& expectation) const {
    if (program_) return tell_program(info, info.name + "." + variant.name);
    if (detector_->explores) return tell_exploring(info, variant, expectation);
    const bool must_show = expectation.stance == Stance::must_flag || expectation.wrong_anyway;
    Told told;
    if (one_trial_a_process()) {
        told.trials = 1;
    } else if (request_.trials) {
        told.trials = *request_.trials;
    } else if (request_.budget) {
        told.trials = 0;
        told.arguments = {"--budget-ms", std::to_string(request_.budget->count())};
    } else {
        // One report is enough to show a race; silence has to last.
        told.trials = expectation.stance == Stance::must_flag ? detector_->trials_to_flag
                                                              : detector_->trials_to_trust;
        if (info.at_most_trials > 0)
            told.trials = std::min<long long>(told.trials, info.at_most_trials);
        if (must_show) {
            told.arguments = {"--budget-ms", std::to_string(extension_ms)};
            if (detector_->sees_reports && !expectation.wrong_anyway)
                told.arguments.emplace_back("--until-report");
            else
                for (const auto& outcome : info.expected) {
                    told.arguments.emplace_back("--until-outcome-not");
                    told.arguments.push_back(outcome);
                }
        }
    }
    told.arguments.insert(told.arguments.begin(), {"--run", info.name + "." + variant.name,
                                                   "--trials", std::to_string(told.trials)});
    return told;
}

/// Where a report tells no trial, a process has to be one.
bool Session::one_trial_a_process() const {
    return (request_.isolate && !detector_->explores) || !detector_->valgrind_tool.empty() ||
           program_.has_value();
}

/// Passes on what a line of evidence says about how far the subject is.
void Session::hear(const std::string& name, long long done, std::string_view line) const {
    if (const auto trials = trials_told_by(line); trials >= 0 && request_.on_progress)
        request_.on_progress(name, done + trials);
    if (request_.on_exploring && line.starts_with("{\"record\":\"progress\""))
        request_.on_exploring(number_in(line, "\"executions\":"), number_in(line, "\"pending\":"),
                              number_in(line, "\"outcomes\":"), number_in(line, "\"steps\":"));
}

Result Session::begin_result(const CaseInfo& info, const VariantInfo& variant) const {
    Result result;
    result.name = info.name + "." + variant.name;
    result.info = info;
    result.variant = variant.name;
    result.detector = detector_->name;
    result.subject = subject_;
    result.identity = identity_;
    result.notes = preparation_.notes;
    result.reproduce = reproduce(result.name);
    return result;
}

/// Puts what the subject left into the result.
void Session::fill(Result& result, Evidence& evidence, const Traces& traces) const {
    if (evidence.identity) result.identity = *evidence.identity;
    const auto& run = evidence.runs[result.name];
    result.trials = run.trials;
    result.because = run.because;
    result.microseconds = run.microseconds;
    result.alone = run.alone.value_or("");
    result.outcomes = run.outcomes;
    result.reports = distinct_reports(run.reports);
    result.suppressed = distinct_reports(run.suppressed);
    result.explored = run.explored;
    result.schedule = run.schedule;
    result.cells = cells_of(run, result.info.expected);
    result.ending = words_of(traces.ending);
    // Who reads the log looks for what went wrong; all logs of a course are hundreds of megabytes.
    ClippedLog log(result.as_expected ? std::size_t{16'384} : traces.log.size());
    log.append(traces.log);
    result.log = log.text();
    result.log_dropped =
        static_cast<long long>(traces.log_dropped) + static_cast<long long>(log.dropped());
    keep_sources(result);
}

Result Session::judge(const CaseInfo& info, const VariantInfo& variant) const {
    if (detector_->compiles) return judge_by_compiler(info, variant);
    Result result = begin_result(info, variant);
    try {
        result.expectation = expectation_for(info, variant, *detector_, identity_);
    } catch (const std::exception& wrong) {
        result.verdict = Verdict::tool_error;
        result.seen = std::string("case: ") + wrong.what();
        return result;
    }

    const auto told = tell(info, variant, result.expectation);
    auto environment = preparation_.environment;
    environment.insert(told.environment.begin(), told.environment.end());
    const long long processes =
        one_trial_a_process() ? std::max(1LL, request_.trials.value_or(detector_->trials_to_flag))
                              : 1;
    Evidence evidence;
    Traces traces;
    while (result.processes < processes) {
        const long long done = result.processes++;
        const auto on_line = [&](std::string_view line) { hear(result.name, done, line); };
        Evidence next;
        if (!valgrind_.empty()) {
            std::tie(traces, next) = launch_under_valgrind(result.name, told, on_line);
        } else {
            traces = launch(told.arguments, environment, on_line);
            next = read_evidence(traces.evidence);
        }
        result.orphans += traces.ending.orphans;
        const bool trusted = next.bye && traces.ending.how == Ended::exited &&
                             (traces.ending.code == 0 || info.program) &&
                             (!detector_->sees_reports || canary_was_flagged(next));
        // One process that cannot be trusted decides: its evidence alone is weighed then.
        if (done == 0 || !trusted)
            evidence = std::move(next);
        else
            append(evidence, std::move(next), result.name);
        if (!trusted) break;
    }
    if (detector_->explores) name_all(evidence, variant);
    std::string silencer;
    if (detector_ == &tsan_detector() && evidence.bye && !canary_was_flagged(evidence) &&
        evidence.identity && !evidence.identity->runtime.empty())
        silencer = what_silences_the_canary();
    const auto judgement =
        weigh({info, variant, *detector_, result.expectation, evidence, traces.ending,
               told.trials * processes, preparation_.problems, silencer, traces.log,
               !silencer.empty() && silencer == muted_by_});
    result.verdict = judgement.verdict;
    result.as_expected = judgement.as_expected;
    result.seen = judgement.seen;
    result.details = judgement.details;

    result.told = told.trials * processes;
    fill(result, evidence, traces);
    return result;
}

Result Session::sample(const CaseInfo& info, const VariantInfo& variant,
                       std::chrono::milliseconds time, bool amplified) const {
    Result result = begin_result(info, variant);
    std::vector<std::string> words = {"--run", result.name,   "--trials",
                                      "0",     "--budget-ms", std::to_string(time.count())};
    if (!amplified) words.emplace_back("--team-of-one-run");
    const auto traces = launch(words, preparation_.environment);
    auto evidence = read_evidence(traces.evidence);
    result.processes = 1;
    fill(result, evidence, traces);
    return result;
}

/// The canary was silent. Is it without what the user has set?
std::string Session::what_silences_the_canary() const {
    const auto options = machine_.tsan_options.value_or("");
    Machine bare = machine_;
    bare.tsan_options.reset();
    const auto& compiled_in = identity_.compiled_in_options;
    auto environment = detector_->prepare(bare).environment;
    if (!compiled_in.empty()) environment["TSAN_OPTIONS"] += ":suppressions=''";
    environment["RACEPAIR_RUN"] = canary_racy;  // as a whole program is told
    const auto again = launch({"--run", canary_racy, "--trials", "1"}, environment);
    if (!canary_was_flagged(read_evidence(again.evidence))) return "";
    if (!muted_by_.empty()) return muted_by_;
    if (!options.empty()) return "TSAN_OPTIONS=" + options;
    return "the options compiled into the subject: " + compiled_in;
}

std::string Session::reproduce(const std::string& name) const {
    std::string command;
    if (machine_.tsan_options && detector_ == &tsan_detector())
        command += "TSAN_OPTIONS=" + shell_word(*machine_.tsan_options) + " ";
    if (machine_.is_pinned()) command += "taskset -c " + machine_.allowed_list + " ";
    command +=
        fmt::format("{} judge {} --detector {} --filter {}", shell_word(request_.judge_program),
                    shell_word(subject_), detector_->name, shell_word(name));
    if (request_.trials) command += fmt::format(" --trials {}", *request_.trials);
    if (request_.budget) command += fmt::format(" --budget {}ms", request_.budget->count());
    if (request_.timeout != Request().timeout)
        command += fmt::format(" --timeout {}ms", request_.timeout.count());
    if (request_.isolate) command += " --isolate";
    if (request_.muted) command += " --muted";
    return command;
}

std::string shell_word(const std::string& word) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
    std::string quoted = "'";
    for (const char letter : word) quoted += letter == '\'' ? "'\\''" : std::string(1, letter);
    return quoted + "'";
}

}  // namespace racepair::judge
