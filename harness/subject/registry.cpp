#include "racepair/registry.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "canary.hpp"

namespace racepair {
namespace {

std::vector<CaseEntry>& cases() {
    static std::vector<CaseEntry>
        all;  // a local static: registrations run before main, in any order
    return all;
}

/// The repairs alone, and as broken as what they repair.
void mutate(CaseEntry& entry) {
    VariantEntry like;
    like.defect = Defect::data_race;
    const auto broken =
        std::find_if(entry.variants.begin(), entry.variants.end(),
                     [](const VariantEntry& variant) { return variant.defect != Defect::none; });
    if (broken != entry.variants.end()) like = *broken;
    std::erase_if(entry.variants,
                  [](const VariantEntry& variant) { return variant.defect != Defect::none; });
    for (auto& variant : entry.variants) {
        variant.name += "_mutated";
        variant.kind = Kind::wrong_fix;
        variant.defect = like.defect;
        variant.exceptions = like.exceptions;
        variant.warned_line.clear();
    }
}

/// The variant that the command line asks to `--run`: "" if none. Before main, only the system
/// knows it.
std::string variant_to_run() {
    std::ifstream line("/proc/self/cmdline", std::ios::binary);
    std::string word, variant;
    while (std::getline(line, word, '\0'))
        if (word == "--run") std::getline(line, variant, '\0');
    return variant;
}

/// `typeid` name as the source spells it.
std::string readable_name(const char* mangled) {
    int status = 0;
    char* readable = abi::__cxa_demangle(mangled, nullptr, nullptr, &status);
    std::string name = status == 0 ? readable : mangled;
    std::free(readable);
    return name;
}

}  // namespace

bool is_asked_for(std::string_view case_name) {
    static const std::string run = variant_to_run();
    return run.empty() || case_name == subject::canary_name ||
           run.starts_with(std::string(case_name) + '.');
}

CaseEntry new_case(std::string_view name, std::string_view file, int line, bool instrumented,
                   bool optimised, bool mutated) {
    CaseEntry entry;
    entry.name = name;
    entry.file = file;
    entry.line = line;
    entry.instrumented = instrumented;
    entry.optimised = optimised;
    entry.mutated = mutated;
    return entry;
}

void add_expected(CaseEntry& entry, std::vector<std::string> outcomes) {
    entry.expected = [outcomes = std::move(outcomes)](Scope) { return outcomes; };
}

void add_variant(CaseEntry& entry, std::string_view name, const std::type_info& code, Kind kind,
                 Defect defect, std::string (*trial)(Team&), bool (*control)()) {
    VariantEntry& variant = entry.variants.emplace_back();
    variant.name = name;
    variant.type = readable_name(code.name());
    variant.kind = kind;
    variant.defect = defect;
    variant.trial = trial;
    if (control != nullptr) variant.control = control;
}

void add_exception(CaseEntry& entry, Stance stance, std::string_view detector, When when,
                   std::string_view why, double at_most) {
    auto& exceptions = entry.variants.empty() ? entry.exceptions : entry.variants.back().exceptions;
    exceptions.push_back({stance, std::string(detector), when, std::string(why), at_most});
}

Registration::Registration(CaseEntry entry) {
    if (entry.mutated) mutate(entry);
    auto& all = cases();
    const auto place =
        std::upper_bound(all.begin(), all.end(), entry,
                         [](const CaseEntry& a, const CaseEntry& b) { return a.name < b.name; });
    all.insert(place, std::move(entry));
}

std::string objection_to_names(const std::vector<CaseEntry>& cases) {
    const auto objection = [](const CaseEntry& entry, const std::string& name) -> std::string {
        const auto at = name.find_first_of("-:*?");
        if (!name.empty() && at == std::string::npos) return "";
        const std::string where = "case: " + entry.file + ":" + std::to_string(entry.line) + ": ";
        if (name.empty()) return where + "a name is empty";
        return where + "the name '" + name + "' holds '" + name[at] +
               "', which has a meaning of its own in --filter: write _ in its place";
    };
    for (const auto& entry : cases) {
        if (auto words = objection(entry, entry.name); !words.empty()) return words;
        for (const auto& variant : entry.variants)
            if (auto words = objection(entry, variant.name); !words.empty()) return words;
    }
    return "";
}

const std::vector<CaseEntry>& registered_cases() { return cases(); }

}  // namespace racepair
