#pragma once

#include <string>
#include <vector>

#include "console.hpp"
#include "histogram.hpp"

namespace racepair::report {

// What screens of 80 columns share that show two variants of a case beside each other.

constexpr std::size_t screen_columns = 80;
constexpr std::size_t left_half = 36;
constexpr std::size_t right_half = 41;  // the repair is the longer text

/// A line across the screen, with a title in it or "".
std::string rule(const std::string& title);

/// A line of the screen, cut where a half ends.
std::string both(const std::string& left, const std::string& right);

/// The lines of two definitions, indented half as much so that they have room.
std::vector<std::string> code_of_both(const std::string& left, const std::string& right,
                                      std::size_t most_rows);

/// The outcomes of both, `rows` lines at most. `left_trials` and `right_trials` are what a bar of
/// full length stands for.
std::vector<std::string> histogram_of_both(const std::vector<judge::OutcomeCount>& left,
                                           long long left_trials,
                                           const std::vector<judge::OutcomeCount>& right,
                                           long long right_trials, const std::string& expected,
                                           int rows, const Style& style);

}  // namespace racepair::report
