#pragma once

#include <string>
#include <vector>

#include "../judge/result.hpp"

namespace racepair::report {

/// A place in a source file; line 0 where only the file is known.
struct Place {
    std::string file;
    int line = 0;
};

/// Something that nobody expected: a race, or a verdict that no race explains. What a case says
/// that it shows is none.
struct Alert {
    std::string rule;       // the report's kind, "data-race", or the verdict, "MISSED"
    std::string signature;  // see judge::signature_of(); of a verdict: it, the variant, the lane
    const judge::Result* result = nullptr;  // the first one that shows it
    const judge::Report* report = nullptr;  // nullptr: a verdict
    std::vector<std::string> seen_in;       // variants with their lanes: "a.b.fixed, tsan clang 14"

    /// Where to look: the first access, or the case.
    Place place() const;
    /// One line: what was seen, and in which variants.
    std::string message() const;
};

/// Are the result's reports races that nobody expected?
bool has_unexpected_races(const judge::Result& result);

/// Each race once, by its signature, in the order in which it is first seen. They point into
/// `results`.
std::vector<Alert> alerts_of(const std::vector<judge::Result>& results);

/// "counters.plain_counter.fixed, tsan clang 14".
std::string name_in_lane(const judge::Result& result);

/// A path as seen from a folder, where the file is below it; else as it is.
std::string path_below(const std::string& folder, const std::string& file);

}  // namespace racepair::report
