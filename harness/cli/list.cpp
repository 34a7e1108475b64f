#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

#include "../judge/canary.hpp"
#include "../judge/evidence_json.hpp"
#include "../judge/exit_code.hpp"
#include "../report/course.hpp"
#include "../report/ctest_script.hpp"
#include "../report/rates.hpp"
#include "arguments.hpp"
#include "commands.hpp"

namespace racepair::cli {
namespace {

using namespace racepair::judge;

struct Options {
    std::vector<std::string> subjects;
    bool json = false;
    std::string order_file;  // "": no course is asked for
    std::string rates_file;  // "": without what was measured
    std::vector<std::string> expected_files;
    std::string detector;      // "": the one that the subject was built for
    std::string ctest_target;  // "": no script for CTest is asked for
    std::string results_dir;   // of its tests, as all that follows
    std::string judge_program;
    std::string suffix;
    std::vector<std::string> labels;
    std::optional<long long> trials;
    std::optional<long long> timeout_s;
    bool only_canary = false;
};

void print_table(const Session& session) {
    fmt::print("{} · {} {} · detector {}\n", session.subject(), session.identity().compiler,
               session.identity().compiler_version, session.detector().name);
    for (const auto& info : session.cases()) {
        fmt::print("{}  {} × {}, right: {}\n  {}\n", info.name, info.threads, info.rounds,
                   fmt::join(info.expected, " or "), info.lesson);
        for (const auto& variant : info.variants) {
            std::string stance = "?";
            const auto expectation =
                expectation_for(info, variant, session.detector(), session.identity());
            stance = text_of(expectation.stance);
            if (!expectation.why.empty()) stance += ": " + expectation.why;
            fmt::print("    {:<18} {:<10} {}\n", variant.name, variant.kind, stance);
        }
    }
    for (const auto& info : session.left_out())
        fmt::print("{}  left out: {}; explore can run it\n", info.name, info.may_hang);
}

/// Source files that were promised to register a case and did not.
std::vector<std::string> silent_files(const std::vector<CaseInfo>& cases,
                                      const std::vector<std::string>& expected) {
    namespace fs = std::filesystem;
    std::vector<std::string> silent;
    for (const auto& file : expected)
        if (std::none_of(cases.begin(), cases.end(), [&](const CaseInfo& info) {
                return fs::path(info.file).lexically_normal() == fs::path(file).lexically_normal();
            }))
            silent.push_back(file);
    return silent;
}

report::CtestSettings ctest_settings(const Options& options) {
    report::CtestSettings settings{options.judge_program, options.ctest_target,
                                   options.results_dir};
    settings.suffix = options.suffix;
    settings.labels = options.labels;
    settings.only_canary = options.only_canary;
    // What mutes the lane's other tests must not be mended for its canary.
    if (options.only_canary) settings.judge_options.emplace_back("--muted");
    const auto add = [&](const char* option, long long number, const char* unit) {
        settings.judge_options.insert(settings.judge_options.end(),
                                      {option, fmt::format("{}{}", number, unit)});
    };
    if (options.trials) add("--trials", *options.trials, "");
    if (options.timeout_s) {
        add("--timeout", *options.timeout_s, "s");
        // The judge may start several processes to find out why one cannot be trusted.
        settings.seconds = static_cast<int>(5 * *options.timeout_s);
    }
    return settings;
}

/// All cases but the canary, as Markdown in the order that a file says, and the rates measured.
std::string course(std::vector<CaseInfo> cases, const Options& options) {
    std::erase_if(cases, [](const CaseInfo& info) { return info.name == canary_case; });
    const auto order = course_in(options.order_file);
    const auto rates = options.rates_file.empty() ? "" : text_of_file(options.rates_file);
    const auto* file = &options.order_file;
    try {
        auto text = report::course_of(cases, order);
        if (options.rates_file.empty()) return text;
        file = &options.rates_file;
        return text + report::table_of_rates(rates, cases);
    } catch (const std::runtime_error& wrong) {
        throw UsageError(fmt::format("{}: {}", *file, wrong.what()));
    }
}

int list(const Options& options) {
    nlohmann::json document = nlohmann::json::array();
    for (const auto& subject : options.subjects) {
        must_be_program(subject);
        std::optional<Session> session;
        try {
            Request request;
            request.detector = options.detector;
            session.emplace(std::filesystem::absolute(subject), request, this_machine());
        } catch (const SubjectError& error) {
            fmt::print(stderr, "{} {}\n", text_of(error.verdict), error.what());
            return exit_untrustworthy;
        }
        auto all = session->cases();
        all.insert(all.end(), session->left_out().begin(), session->left_out().end());
        if (const auto silent = silent_files(all, options.expected_files); !silent.empty()) {
            fmt::print(stderr,
                       "NOT_RUN {} registers no case of {}\n  a case that is not there cannot "
                       "fail: add RACEPAIR_CASE to it, or take it out of the sources\n",
                       subject, fmt::join(silent, ", "));
            return exit_nothing_judged;
        }
        const bool holds_variants = std::any_of(all.begin(), all.end(), [](const CaseInfo& info) {
            return info.name != canary_case && !info.variants.empty();
        });
        if (!options.ctest_target.empty() && !options.only_canary && !holds_variants) {
            fmt::print(stderr, "NOT_RUN {} holds no variant\n  what is not there cannot fail\n",
                       subject);
            return exit_nothing_judged;
        }
        if (!options.ctest_target.empty())
            fmt::print("{}", report::ctest_script(*session, ctest_settings(options)));
        else if (!options.order_file.empty())
            fmt::print("{}", course(std::move(all), options));
        else if (options.json)
            document.push_back({{"subject", session->subject()},
                                {"detector", session->detector().name},
                                {"identity", session->identity()},
                                {"cases", session->cases()}});
        else
            print_table(*session);
    }
    if (options.json) fmt::print("{}\n", document.dump(1));
    return exit_as_expected;
}

}  // namespace

Command add_list(CLI::App& app, const Caller&) {
    const auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("list", "Show the cases of subjects");
    command
        ->add_option("SUBJECT", options->subjects,
                     "Programs that were linked with racepair::subject")
        ->required()
        ->type_name("");
    command->add_flag("--json", options->json, "As JSON");
    command
        ->add_option("--course", options->order_file,
                     "As a course in Markdown, in the reading order that this file says")
        ->type_name("FILE");
    command
        ->add_option("--rates", options->rates_file,
                     "With --course: sum up what matrix --rates has printed to this file")
        ->type_name("FILE");
    command->add_option("--detector", options->detector, "By which detector they are judged")
        ->type_name("NAME")
        ->check(is_detector());
    // What the CMake functions call; not for people.
    const auto hidden = [&](const char* name, auto& value, const char* what) {
        command->add_option(name, value, what)->group("");
    };
    hidden("--ctest", options->ctest_target, "As a script for CTest, under this name");
    hidden("--results-dir", options->results_dir, "Where those tests leave their results");
    hidden("--expect-file", options->expected_files,
           "Fail unless this source file registers a case");
    hidden("--judge", options->judge_program, "The judge that those tests call");
    hidden("--label", options->labels, "Further labels of those tests");
    hidden("--suffix", options->suffix, "What their names end with");
    hidden("--trials", options->trials, "Their trials of each variant");
    hidden("--timeout", options->timeout_s, "Their time limit in seconds");
    command->add_flag("--only-canary", options->only_canary, "Only the canary")->group("");
    command->footer("Example: racepair list build/tsan/bin/cases");
    return {command, [=] { return list(*options); }};
}

}  // namespace racepair::cli
