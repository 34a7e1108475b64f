#include "../judge/doctor.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "../judge/exit_code.hpp"
#include "../report/paint.hpp"
#include "arguments.hpp"
#include "commands.hpp"

namespace racepair::cli {
namespace {

using namespace racepair::judge;
using State = Finding::State;

struct Options {
    std::vector<std::string> subjects;
    bool json = false;
    std::string judge_program;
};

/// The canary that is built beside this program, with the flags of its build.
std::string canary_beside() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) return "";
    // Short where it can be: the path is shown.
    const auto canary = program.parent_path() / "racepair-canary";
    const auto near = canary.lexically_proximate(std::filesystem::current_path());
    return near.begin() != near.end() && *near.begin() == ".." ? canary : near;
}

void print(const std::vector<Finding>& findings) {
    const auto style = report::style_for(STDOUT_FILENO);
    for (const auto& finding : findings) {
        const auto state = fmt::format("{:<7}", text_of(finding.state));
        const auto paint = finding.state == State::good  ? report::Paint::green
                           : finding.state == State::bad ? report::Paint::red
                                                         : report::Paint::yellow;
        fmt::print("{} {:<16} {}\n", report::paint(style, paint, state), finding.name,
                   finding.seen);
        if (!finding.fix.empty()) fmt::print("        {:<16} fix: {}\n", "", finding.fix);
    }
}

int doctor(const Options& options) {
    const auto machine = this_machine();
    auto findings = examine_machine(machine);
    auto subjects = options.subjects;
    if (subjects.empty()) {
        if (auto canary = canary_beside(); access(canary.c_str(), X_OK) == 0)
            subjects.push_back(canary);
        else
            findings.push_back({"subject", State::bad,
                                "there is no racepair-canary beside racepair, and none was named",
                                "racepair doctor SUBJECT"});
    }
    Request request;
    request.judge_program = options.judge_program;
    for (const auto& subject : subjects) {
        must_be_program(subject);
        const auto more = examine_subject(subject, request, machine);
        findings.insert(findings.end(), more.begin(), more.end());
    }

    if (options.json) {
        auto document =
            nlohmann::json{{"racepair_doctor", 1}, {"findings", nlohmann::json::array()}};
        for (const auto& finding : findings)
            document["findings"].push_back({{"name", finding.name},
                                            {"state", text_of(finding.state)},
                                            {"seen", finding.seen},
                                            {"fix", finding.fix}});
        fmt::print("{}\n", document.dump(1, ' ', false, nlohmann::json::error_handler_t::replace));
    } else {
        print(findings);
    }
    const bool bad = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.state == State::bad;
    });
    return bad ? exit_untrustworthy : exit_as_expected;
}

}  // namespace

Command add_doctor(CLI::App& app, const Caller& caller) {
    const auto options = std::make_shared<Options>();
    options->judge_program = caller.program;
    auto* command = app.add_subcommand(
        "doctor", "Find out whether a green result can be believed on this machine");
    command
        ->add_option("SUBJECT", options->subjects,
                     "Programs to look at (default: the canary beside racepair)")
        ->type_name("");
    command->add_flag("--json", options->json, "As JSON");
    command->footer("Example: racepair doctor build/tsan/bin/cases");
    return {command, [=] { return doctor(*options); }};
}

}  // namespace racepair::cli
