#include "cells.hpp"

namespace racepair::judge {

Cells cells_of(const VariantRun& run, const std::vector<std::string>& expected) {
    Cells cells;
    for (const auto& [outcome, flagged, count] : run.outcomes) {
        auto& right = flagged ? cells.flagged_right : cells.silent_right;
        auto& wrong = flagged ? cells.flagged_wrong : cells.silent_wrong;
        (is_right(outcome, expected) ? right : wrong) += count;
    }
    return cells;
}

}  // namespace racepair::judge
