#include <fmt/format.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

#include "../judge/canary.hpp"
#include "../judge/evidence_json.hpp"
#include "../judge/exit_code.hpp"
#include "../report/course.hpp"
#include "../report/ctest_script.hpp"
#include "arguments.hpp"
#include "commands.hpp"

namespace racepair::cli {
namespace {

using namespace racepair::judge;

struct Options {
    std::vector<std::string> subjects;
    bool json = false;
    std::string order_file;  // "": no course is asked for
    std::string ctest_target;
    std::string results_dir;
    std::string judge_program;
    std::vector<std::string> expected_files;
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

/// All cases but the canary, as Markdown in the order that a file says.
std::string course(std::vector<CaseInfo> cases, const std::string& order_file) {
    std::ifstream in(order_file);
    if (!in) throw UsageError("there is no file " + order_file);
    std::erase_if(cases, [](const CaseInfo& info) { return info.name == canary_case; });
    try {
        return report::course_of(cases,
                                 report::read_order(std::string(std::istreambuf_iterator(in), {})));
    } catch (const std::runtime_error& wrong) {
        throw UsageError(fmt::format("{}: {}", order_file, wrong.what()));
    }
}

int list(const Options& options) {
    nlohmann::json document = nlohmann::json::array();
    for (const auto& subject : options.subjects) {
        must_be_program(subject);
        std::optional<Session> session;
        try {
            session.emplace(std::filesystem::absolute(subject), Request{}, this_machine());
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
        if (!options.ctest_target.empty())
            fmt::print("{}",
                       report::ctest_script(*session, {options.judge_program, options.ctest_target,
                                                       options.results_dir}));
        else if (!options.order_file.empty())
            fmt::print("{}", course(std::move(all), options.order_file));
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
    // What the CMake functions call; not for people.
    const auto hidden = [&](const char* name, auto& value, const char* what) {
        command->add_option(name, value, what)->group("");
    };
    hidden("--ctest", options->ctest_target, "As a script for CTest, under this name");
    hidden("--results-dir", options->results_dir, "Where those tests leave their results");
    hidden("--expect-file", options->expected_files,
           "Fail unless this source file registers a case");
    hidden("--judge", options->judge_program, "The judge that those tests call");
    command->footer("Example: racepair list build/tsan/bin/cases");
    return {command, [=] { return list(*options); }};
}

}  // namespace racepair::cli
