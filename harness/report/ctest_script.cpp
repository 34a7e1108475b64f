#include "ctest_script.hpp"

#include <fmt/format.h>

namespace racepair::report {
namespace {

/// A bracket argument: nothing in it is special. Long enough brackets, whatever the text holds.
std::string literal(const std::string& text) {
    std::string equals;
    while (text.find("]" + equals + "]") != std::string::npos || text.ends_with("]" + equals))
        equals += '=';
    return fmt::format("[{0}[{1}]{0}]", equals, text);
}

}  // namespace

std::string ctest_script(const judge::Session& session, const CtestSettings& settings) {
    const auto& detector = session.detector().name;
    const auto fixture = "racepair_canary_" + settings.target;
    std::string options, labels_of_all;
    for (const auto& word : settings.judge_options) options += " " + literal(word);
    for (const auto& label : settings.labels) labels_of_all += ";" + label;
    const auto results = settings.results_dir.empty() ? "" : settings.results_dir + "/";
    // A miscount of a data race needs threads that really run side by side. A report does not, nor
    // does a schedule that is chosen, nor what is right.
    const bool may_miscount = session.detector().sees_outcomes && !session.detector().explores;
    std::string script;

    const auto add = [&](const std::string& name, const std::string& selection,
                         const std::string& file, const std::string& labels, int processors,
                         const std::string& properties) {
        script += fmt::format("add_test({} {} judge {} --detector {} {}{}", literal(name),
                              literal(settings.judge_program), literal(session.subject()), detector,
                              selection, options);
        if (!results.empty()) script += " --results " + literal(results + file + ".json");
        script += fmt::format(
            ")\nset_tests_properties({} PROPERTIES LABELS {} TIMEOUT {} PROCESSORS {} {})\n",
            literal(name), literal(labels + labels_of_all), settings.seconds, processors,
            properties);
    };

    add(settings.target + ".canary", "--canary", settings.target + ".canary", "canary;" + detector,
        1, "FIXTURES_SETUP " + literal(fixture));
    if (settings.only_canary) return script;
    for (const auto& info : session.cases()) {
        if (info.name == "racepair.canary") continue;
        for (const auto& variant : info.variants) {
            const auto variant_name = info.name + "." + variant.name;
            const auto name = variant_name + settings.suffix;
            add(name, "--filter " + literal(variant_name), name,
                info.mechanism() + ";" + variant.kind + ";" + detector,
                may_miscount && variant.defect == "data_race" ? 2 : 1,
                "FIXTURES_REQUIRED " + literal(fixture));
        }
    }
    // CTest names them among those that did not run.
    for (const auto& info : session.left_out())
        for (const auto& variant : info.variants) {
            const auto variant_name = info.name + "." + variant.name;
            const auto name = variant_name + settings.suffix;
            add(name, "--filter " + literal(variant_name), name,
                info.mechanism() + ";" + variant.kind + ";" + detector, 1, "DISABLED TRUE");
        }
    return script;
}

}  // namespace racepair::report
