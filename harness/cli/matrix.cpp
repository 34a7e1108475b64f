#include "../report/matrix.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>

#include "../judge/canary.hpp"
#include "../judge/exit_code.hpp"
#include "../judge/session.hpp"
#include "../report/rates.hpp"
#include "arguments.hpp"
#include "commands.hpp"
#include "progress.hpp"

namespace racepair::cli {
namespace {

using namespace racepair::judge;

struct Options {
    std::vector<std::string> sources;  // programs of cases, or files of results (.json)
    Request request;
    std::string results_file;
    bool rates = false;  // as comma-separated values, in place of the table
};

/// The detectors that can judge a subject: the one that it was built for, and those that take a
/// subject that was built for another one, unless an earlier subject was theirs.
std::vector<const Detector*> detectors_for(const Session& session,
                                           const std::set<const Detector*>& had_their_turn) {
    std::vector<const Detector*> detectors = {&session.detector()};
    for (const auto* detector : all_detectors())
        if ((!detector->valgrind_tool.empty() || detector->compiles) &&
            !had_their_turn.contains(detector) && detector->fits(session.identity()))
            detectors.push_back(detector);
    return detectors;
}

void judge_all(const Session& session, const Progress& progress, std::vector<Result>& results) {
    const auto lane = session.detector().name;
    for (const auto& info : session.cases()) {
        if (info.name == canary_case) continue;
        for (const auto& variant : info.variants) {
            progress.show(fmt::format("  {} · {}.{}", lane, info.name, variant.name));
            results.push_back(session.judge(info, variant));
        }
    }
    progress.clear();
}

/// The canary of each subject comes first. Returns whether it can be believed.
bool is_believable(const Session& session) {
    for (const auto& info : session.cases()) {
        if (info.name != canary_case) continue;
        for (const auto& variant : info.variants) {
            const auto result = session.judge(info, variant);
            if (result.as_expected) continue;
            fmt::print(stderr, "{} {} under {}: {}\n  reproduce  {}\n", text_of(result.verdict),
                       result.name, result.detector, result.seen, result.reproduce);
            return false;
        }
    }
    return true;
}

int matrix(const Options& options) {
    const Progress progress;
    Results all;
    all.judge_version = RACEPAIR_VERSION;
    all.command = shell_word(options.request.judge_program) + " matrix";
    std::vector<std::string> absent;
    bool believable = true;
    std::set<const Detector*> had_their_turn;
    for (const auto& source : options.sources) {
        all.command += " " + shell_word(source);
        if (source.ends_with(".json")) {
            const auto read = read_all({source});
            all.results.insert(all.results.end(), read.results.begin(), read.results.end());
            continue;
        }
        must_be_program(source);
        const auto subject = std::filesystem::absolute(source);
        try {
            const Session first(subject, options.request, this_machine());
            for (const auto* detector : detectors_for(first, had_their_turn)) {
                const bool under_valgrind = !detector->valgrind_tool.empty();
                if (under_valgrind && program_in_path("valgrind").empty()) {
                    absent.push_back(detector->name + ": sudo apt-get install valgrind");
                    continue;
                }
                auto request = options.request;
                request.detector = detector->name;
                const Session session(subject, request, this_machine());
                had_their_turn.insert(detector);
                if (is_believable(session))
                    judge_all(session, progress, all.results);
                else
                    believable = false;
            }
        } catch (const SubjectError& error) {
            progress.clear();
            fmt::print(stderr, "{} {}\n", text_of(error.verdict), error.what());
            return exit_untrustworthy;
        }
    }
    if (all.results.empty() && believable) {
        fmt::print(stderr, "usage: nothing was judged, so nothing is proven.\n");
        return exit_nothing_judged;
    }
    if (options.rates)
        fmt::print("{}", report::rates_of(all.results));
    else
        fmt::print("{}", report::matrix_of(all.results, report::style_for(STDOUT_FILENO)));
    for (const auto& words : absent) fmt::print("absent: {}\n", words);
    leave(all, options.results_file);
    return believable ? exit_code_for(all.results) : exit_untrustworthy;
}

}  // namespace

Command add_matrix(CLI::App& app, const Caller& caller) {
    const auto options = std::make_shared<Options>();
    options->request.judge_program = caller.program;
    auto* command =
        app.add_subcommand("matrix", "Judge subjects by every detector that fits, in one table");
    command
        ->add_option("SOURCE", options->sources,
                     "Programs linked with racepair::subject, or results (.json)")
        ->required()
        ->type_name("");
    command
        ->add_option("--results", options->results_file,
                     "Write all that was seen and concluded to this JSON file")
        ->type_name("FILE");
    command->add_flag("--rates", options->rates,
                      "How often each variant was flagged, comma-separated");
    command->footer(
        "A plain subject is judged by Helgrind and DRD too, where valgrind is installed.\n"
        "Example: racepair matrix build/plain-O0/bin/cases build/tsan/bin/cases");
    return {command, [=] { return matrix(*options); }};
}

}  // namespace racepair::cli
