// The program that every subject is: it lists its cases or runs trials of one variant, and leaves
// evidence. It weighs nothing; `racepair judge` does.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include "canary.hpp"
#include "channel.hpp"
#include "exploring.hpp"
#include "identity.hpp"
#include "json_line.hpp"
#include "racepair/registry.hpp"
#include "report_hook.hpp"
#include "start.hpp"
#include "team_of_one_run.hpp"
#include "trials.hpp"

namespace {

using namespace racepair;
using namespace racepair::subject;

constexpr int exit_usage = 2;

struct Request {
    std::string run;  // "<mechanism>.<case>.<variant>"; empty: only list
    Plan plan;
    Scope scope;
    bool other_scope = false;
    ExplorePlan exploration;
};

#if RACEPAIR_EXPLORER
constexpr bool explores = true;
#else
constexpr bool explores = false;
#endif

/// A word that only exploring subjects know, with a number after it; nullptr for any other.
long long* number_of_exploration(const std::string& word, ExplorePlan& plan) {
    if (word == "--seed") return &plan.seed;
    if (word == "--executions") return &plan.executions;
    if (word == "--steps") return &plan.steps;
    if (word == "--restarts") return &plan.restarts;
    if (word == "--preemptions") return &plan.preemptions;
    if (word == "--depth") return &plan.depth;
    if (word == "--noise") return &plan.noise;
    return nullptr;
}

/// The same, with text after it.
std::string* text_of_exploration(const std::string& word, ExplorePlan& plan) {
    if (word == "--strategy") return &plan.strategy;
    if (word == "--backend") return &plan.backend;
    if (word == "--schedule") return &plan.schedule;
    return nullptr;
}

/// The same, with nothing after it.
bool* flag_of_exploration(const std::string& word, ExplorePlan& plan) {
    if (word == "--until-seen") return &plan.until_seen;
    if (word == "--count-traces") return &plan.count_traces;
    if (word == "--stop-at-failure") return &plan.stop_at_failure;
    return nullptr;
}

int complain(const char* program, const std::string& what) {
    std::fprintf(
        stderr,
        "usage: %s\n"
        "This program is a subject of racepair: it holds cases and runs them, but judges nothing.\n"
        "Next: racepair judge %s\n",
        what.c_str(), program);
    return exit_usage;
}

void send_simple(const char* record, const std::string& what) {
    std::vector<char> buffer(16 * 1024);
    JsonLine line(buffer.data(), buffer.size());
    line.record(record).key("what").text(what.data(), what.size());
    send(line.end());
}

bool whole_number(const char* text, long long& number) {
    char* end = nullptr;
    number = std::strtoll(text, &end, 10);
    return end != text && *end == '\0' && number >= 0;
}

/// Returns what is wrong with the arguments, or "".
std::string read_arguments(int count, char** arguments, Request& request, int& descriptor) {
    bool asked = false;
    for (int i = 1; i < count; ++i) {
        const std::string word = arguments[i];
        if (word == "--list") {
            asked = true;
            continue;
        }
#if !RACEPAIR_EXPLORER
        if (word == "--team-of-one-run") {
            let_members_live_one_run();
            continue;
        }
#endif
        if (word == "--until-report") {
            request.plan.until_report = true;
            continue;
        }
        if (explores) {
            if (bool* flag = flag_of_exploration(word, request.exploration)) {
                *flag = true;
                continue;
            }
        }
        if (++i == count) return "nothing follows " + word;
        long long number = 0;
        if (explores) {
            if (auto* text = text_of_exploration(word, request.exploration)) {
                *text = arguments[i];
                continue;
            }
            if (auto* place = number_of_exploration(word, request.exploration)) {
                if (!whole_number(arguments[i], *place)) return "no whole number after " + word;
                continue;
            }
        }
        if (word == "--run") {
            request.run = arguments[i];
            asked = true;
        } else if (word == "--until-outcome-not") {
            request.plan.until_outcome_not.emplace_back(arguments[i]);
        } else if (!whole_number(arguments[i], number)) {
            return "unknown argument " + word + ", or no whole number after it: " + arguments[i];
        } else if (word == "--trials") {
            request.plan.trials = number;
        } else if (word == "--budget-ms") {
            request.plan.budget_ms = number;
        } else if (word == "--threads" || word == "--rounds") {
            (word == "--threads" ? request.scope.threads : request.scope.rounds) =
                static_cast<int>(number);
            request.other_scope = true;
        } else if (word == "--evidence") {
            descriptor = static_cast<int>(number);
        } else {
            return "unknown argument " + word;
        }
    }
    return asked ? "" : "neither --list nor --run NAME was given";
}

/// Sent by the last of all handlers at exit, so that it says: the process came to an orderly end.
void say_goodbye() { send_simple("bye", ""); }

#if RACEPAIR_EXPLORER
/// The canary first, then the variant.
void explore(const CaseEntry& entry, const VariantEntry& variant, const Request& request) {
    ExplorePlan for_canary;
    for_canary.backend = request.exploration.backend;
    run_canary(request.run, [&](const CaseEntry& canary, const VariantEntry& one) {
        explore_variant(canary, one, for_canary);
    });
    std::fprintf(stderr, "racepair: %s begins here\n", request.run.c_str());
    ExplorePlan plan = request.exploration;
    if (request.plan.budget_ms > 0) plan.budget_ms = request.plan.budget_ms;
    if (plan.strategy == "noise") {
        const Noise noise(plan);
        run_trials(entry, variant, request.plan);
    } else {
        explore_variant(entry, variant, plan);
    }
}
#endif

void must_fill_roles(const CaseEntry& entry) {
    if (entry.roles != 0 && entry.scope.threads != entry.roles)
        throw std::runtime_error("this case has parts for " + std::to_string(entry.roles) +
                                 " threads, not for " + std::to_string(entry.scope.threads) +
                                 ": another scope has to have as many");
}

bool run(const Request& request) {
    for (CaseEntry entry : registered_cases())
        for (const auto& variant : entry.variants)
            if (entry.name + "." + variant.name == request.run) {
                if (request.other_scope) entry.scope = request.scope;
                must_fill_roles(entry);
#if RACEPAIR_EXPLORER
                explore(entry, variant, request);
                return true;
#else
                run_canary(request.run);
                // Whoever reads the log should not take the canary's report for the case's.
                std::fprintf(stderr, "racepair: %s begins here\n", request.run.c_str());
                run_alone(entry, variant);
                Plan plan = request.plan;
                // Where the canary's race goes unseen, or no access of the case's is watched, the
                // judge will believe nothing: waiting for a report is a waste.
                if (reports_so_far() == 0 || !entry.instrumented) plan.until_report = false;
                run_trials(entry, variant, plan);
                return true;
#endif
            }
    return false;
}

}  // namespace

int racepair::subject::subject_main(int count, char** arguments) {
    int descriptor = -1;
    if (const char* told = std::getenv("RACEPAIR_EVIDENCE_FD")) descriptor = std::atoi(told);
    Request request;
    if (const auto wrong = read_arguments(count, arguments, request, descriptor); !wrong.empty())
        return complain(arguments[0], wrong);

    register_canary();
    open_channel(descriptor);
    std::atexit(say_goodbye);
    try {
        send_identity(arguments[0]);
        send_cases(request.other_scope ? &request.scope : nullptr);
        if (const auto objection = objection_to_names(registered_cases()); !objection.empty()) {
            std::fprintf(stderr, "%s\n", objection.c_str());
            send_simple("trouble", objection);
            return exit_usage;
        }
        if (request.run.empty() || run(request)) return EXIT_SUCCESS;
        send_simple("trouble", "there is no variant " + request.run + " in this subject");
        return exit_usage;
    } catch (const std::exception& thrown) {
        send_simple("trouble", thrown.what());
        return EXIT_FAILURE;
    }
}
