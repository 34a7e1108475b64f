#pragma once

#include <string>
#include <vector>

#include "chance.hpp"
#include "evidence.hpp"

namespace racepair::judge {

/// The two observations of a trial, crossed: flagged by a report or not, outcome wrong or not.
struct Cells {
    long long flagged_wrong = 0;
    long long flagged_right = 0;
    long long silent_wrong = 0;
    long long silent_right = 0;

    long long trials() const { return flagged_wrong + flagged_right + silent_wrong + silent_right; }
    Rate flagged() const { return {flagged_wrong + flagged_right, trials()}; }
    Rate wrong() const { return {flagged_wrong + silent_wrong, trials()}; }
};

/// Sorts the trials of a run into the four cells.
Cells cells_of(const VariantRun& run, const std::vector<std::string>& expected);

}  // namespace racepair::judge
