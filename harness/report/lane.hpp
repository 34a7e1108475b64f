#pragma once

#include <string>

#include "../judge/result.hpp"

namespace racepair::report {

/// A detector in one build: what a column of the matrix stands for.
struct Lane {
    std::string detector;  // "tsan"
    std::string build;     // "clang 14", "gcc 12 -O"

    bool operator==(const Lane&) const = default;
};

/// In the order in which detectors are shown, then by build.
bool comes_before(const Lane& a, const Lane& b);

/// The lane that a result belongs to. Whether the build was optimised is said where it matters: of
/// plain runs.
Lane lane_of(const judge::Result& result);

}  // namespace racepair::report
