#pragma once

#include <string>

#include "../judge/result.hpp"
#include "console.hpp"

namespace racepair::report {

/// The schedule of a result step by step: a column a thread, a row a step, with the line of the
/// source and its text. In 80 columns for up to three threads. "" if the result has no schedule.
std::string schedule_table(const judge::Result& result, const Style& style);

/// What went wrong in it, in one sentence or two; "" if nothing did.
std::string what_went_wrong(const judge::Result& result);

/// The command that runs it again. `begin` is "racepair replay SUBJECT"; the scope is named where
/// it is not the case's own.
std::string replay_command(const judge::Result& result, const std::string& begin, bool other_scope);

}  // namespace racepair::report
