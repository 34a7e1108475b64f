#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "../judge/canary.hpp"
#include "../judge/evidence_json.hpp"
#include "../judge/exit_code.hpp"
#include "../report/course.hpp"
#include "../report/ctest_script.hpp"
#include "commands.hpp"

namespace racepair::cli {
namespace {

using namespace racepair::judge;

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

report::CtestSettings ctest_settings(const ListOptions& options) {
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

}  // namespace

int list(const ListOptions& options) {
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

}  // namespace racepair::cli
