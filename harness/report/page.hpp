#pragma once

#include <string>
#include <vector>

#include "../judge/result.hpp"
#include "course.hpp"

namespace racepair::report {

/// All results as one HTML file that needs no other and no network: the verdict of the run, a
/// matrix of cases and lanes, and each case with its variants, outcomes, reports and schedules. It
/// can be read without its script but for outcomes, reports and schedules, which are packed to keep
/// a course of a hundred cases below 500 kB; the script adds them, a filter, a view of one case,
/// steps through a schedule, and *predict, then reveal*. Cases stand in the order of their names,
/// or of a course where there is one. Text of results never becomes markup, and a policy in the
/// page forbids any script but its own. Long texts are cut, and say so. Throws std::runtime_error
/// for a result whose variant is none of its own case, and for a course none of whose cases has a
/// result.
std::string page_of(const std::vector<judge::Result>& results,
                    const std::vector<Part>& course = {});

}  // namespace racepair::report
