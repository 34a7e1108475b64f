#include "chosen.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "arguments.hpp"

namespace racepair::cli {
namespace {

using namespace racepair::judge;

const VariantInfo* find_variant(const CaseInfo& info, const std::string& name) {
    const auto found =
        std::find_if(info.variants.begin(), info.variants.end(),
                     [&](const VariantInfo& variant) { return variant.name == name; });
    return found == info.variants.end() ? nullptr : &*found;
}

}  // namespace

void add_choice(CLI::App& command, Choice& choice, Exploring& exploring) {
    command.add_option("SUBJECT", choice.subject, "A program that was built with --preset explore")
        ->required()
        ->type_name("");
    command.add_option("CASE", choice.name, "<mechanism>.<case>, or that with .<variant>")
        ->required()
        ->type_name("");
    command.add_option("--variant", choice.variant, "Which variant (default: the racy one)")
        ->type_name("NAME");
    command
        .add_option_function<std::string>(
            "--scope", [&](const std::string& text) { exploring.scope = scope_of(text); },
            "Threads and rounds: 2x2 (default: the case's own)")
        ->type_name("SCOPE");
    command
        .add_option("--backend", exploring.backend, "What carries the threads (default: fibers)")
        ->type_name("NAME")
        ->check(CLI::IsMember({"fibers", "os-threads"}));
}

Chosen choose(const Choice& choice, const Request& request) {
    const auto& [subject, name, variant] = choice;
    must_be_program(subject);
    Chosen chosen;
    chosen.session =
        std::make_unique<Session>(std::filesystem::absolute(subject), request, this_machine());
    const auto list =
        fmt::format("\nNext: {} list {}", shell_word(request.judge_program), shell_word(subject));
    std::string wanted = variant;
    for (const auto& info : chosen.session->cases()) {
        if (info.name == name) chosen.info = &info;
        if (variant.empty() && name.starts_with(info.name + ".")) {
            chosen.info = &info;
            wanted = name.substr(info.name.size() + 1);
        }
    }
    if (chosen.info == nullptr || chosen.info->variants.empty())
        throw UsageError("there is no case " + name + " in this subject" + list);
    chosen.was_named = !wanted.empty();
    chosen.variant =
        wanted.empty() ? &chosen.info->variants.front() : find_variant(*chosen.info, wanted);
    if (chosen.variant == nullptr)
        throw UsageError(fmt::format("{} has no variant {}", chosen.info->name, wanted) + list);
    return chosen;
}

}  // namespace racepair::cli
