#pragma once

// How evidence is spelled in JSON, on the pipe and in results alike. Every member is required: a
// record that lacks one is refused, and so is one of another type.

#include <nlohmann/json.hpp>

#include "evidence.hpp"

namespace racepair::judge {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Identity, protocol, program, compiler, compiler_version,
                                   architecture, flags, instrumented, optimised, runtime,
                                   reports_can_be_read, options, compiled_in_options, cpus_online,
                                   cpus_allowed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(KnownException, stance, detector, when, why, at_most)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(VariantInfo, name, type, kind, defect, exceptions)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CaseInfo, name, file, line, instrumented, optimised, lesson,
                                   threads, rounds, at_most_trials, expected, exceptions, variants)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Frame, function, file, line, pc)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Access, thread, write, atomic, size, address, in_object, stack)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Report, kind, variant, trial, accesses, stacks)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(OutcomeCount, outcome, flagged, count)

}  // namespace racepair::judge
