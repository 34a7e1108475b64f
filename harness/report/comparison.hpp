#pragma once

#include <set>
#include <string>
#include <vector>

#include "../judge/result.hpp"
#include "console.hpp"

namespace racepair::report {

/// What has changed from one set of results to another. A race is one that nobody expected (see
/// alerts_of()), and is known by its signature; one without a place is always new.
struct Comparison {
    struct Race {
        std::string signature;
        std::vector<std::string> seen_in;
        bool was_looked_for = true;  // gone ones: was one of the variants judged again?
    };
    struct Change {
        std::string name;  // of the variant, with its lane
        std::string before;
        std::string after;  // a verdict; "" for what was not judged
        bool is_worse = false;
    };
    std::vector<Race> new_races;
    std::vector<Race> known_races;
    std::vector<Race> gone_races;
    std::vector<Change> verdicts;  // those that are another one now
};

/// The lane is the detector, and the build too where a detector has several in either.
Comparison compare(const std::vector<judge::Result>& before,
                   const std::vector<judge::Result>& after);

/// A new race, a verdict that is not as expected any more, or a variant that is not judged any
/// more.
bool is_worse(const Comparison& comparison);

std::string text_of(const Comparison& comparison, const Style& style);
std::string json_of(const Comparison& comparison);

/// The signatures of the races that nobody expected.
std::set<std::string> races_of(const std::vector<judge::Result>& results);

/// Is the result not as expected for known races alone: a false alarm, its outcomes all right, and
/// each of its reports known?
bool is_known(const judge::Result& result, const std::set<std::string>& known);

}  // namespace racepair::report
