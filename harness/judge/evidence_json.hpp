#pragma once

// How evidence is spelled in JSON, on the pipe and in results alike. Every member is required where
// nothing else is said: a record that lacks one is refused, and so is one of another type.

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "evidence.hpp"
#include "exploration_json.hpp"

namespace racepair::judge {

/// Counts are integers; a number with a fraction is a share or a rate. The library converts one to
/// an integer where an integer belongs, without a look at its size, which is undefined for a large
/// one and, where the integer has no sign, for one below zero. Throws std::runtime_error for what
/// no member can hold.
inline void must_convert_to_integer(const nlohmann::json& value) {
    constexpr double most = 1e9;
    if (!value.is_number_float()) return;
    const auto number = value.get<double>();
    if (!(number >= 0 && number <= most))
        throw std::runtime_error("it holds a number that nothing in it can have: " + value.dump());
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Identity, protocol, program, compiler, compiler_version,
                                   architecture, flags, instrumented, optimised, runtime,
                                   reports_can_be_read, options, compiled_in_options, cpus_online,
                                   cpus_allowed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(KnownException, stance, detector, when, why, at_most)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(VariantInfo, name, type, kind, defect, warned_line, exceptions)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ExploreScope, threads, rounds, expected)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SoughtReport, kind, place)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ProgramInfo, arguments, sought)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CaseInfo, name, file, line, instrumented, optimised, lesson,
                                   exercise, source, threads, rounds, at_most_trials, may_hang,
                                   expected, interesting, exceptions, variants, explore_scope)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Frame, function, file, line, pc)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Access, thread, write, atomic, size, address, in_object, stack)

inline void to_json(nlohmann::json& json, const Wait& wait) {
    json = {{"thread", wait.thread},
            {"for", wait.what},
            {"object", wait.object},
            {"held_by", wait.held_by}};
}
inline void from_json(const nlohmann::json& json, Wait& wait) {
    json.at("thread").get_to(wait.thread);
    json.at("for").get_to(wait.what);
    json.at("object").get_to(wait.object);
    json.at("held_by").get_to(wait.held_by);
}

// ThreadSanitizer's runtime has no words of its own, and knows of nobody who waits.
inline void to_json(nlohmann::json& json, const Report& report) {
    json = {{"kind", report.kind},         {"variant", report.variant}, {"trial", report.trial},
            {"accesses", report.accesses}, {"stacks", report.stacks},   {"what", report.what},
            {"handover", report.handover}, {"waits", report.waits}};
    if (report.times != 1) json["times"] = report.times;
}
inline void from_json(const nlohmann::json& json, Report& report) {
    json.at("kind").get_to(report.kind);
    json.at("variant").get_to(report.variant);
    json.at("trial").get_to(report.trial);
    json.at("accesses").get_to(report.accesses);
    json.at("stacks").get_to(report.stacks);
    if (json.contains("handover")) json.at("handover").get_to(report.handover);
    if (json.contains("what")) json.at("what").get_to(report.what);
    if (json.contains("waits")) json.at("waits").get_to(report.waits);
    if (json.contains("times")) json.at("times").get_to(report.times);
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(OutcomeCount, outcome, flagged, count)

}  // namespace racepair::judge
