#pragma once

#include <string>
#include <vector>

#include "console.hpp"
#include "lane.hpp"

namespace racepair::report {

/// What a lane got right and wrong over all variants that it judged. Positive is a variant that was
/// caught, or flagged where nothing is wrong with it.
struct Score {
    int true_positives = 0;   // broken, and caught
    int false_negatives = 0;  // broken, and not caught: silent, or flagged for something else
    int true_negatives = 0;   // right, and left alone
    int false_positives = 0;  // right, and flagged, or said to be wrong
    int unjudged = 0;         // crashed, hung, not to be trusted
    int races_caught = 0;     // of the broken ones, those with a data race
    int races = 0;

    void add(const judge::Result& result);
};

/// Cases and variants down, lanes across, what each said in the cells and what was not expected in
/// red; below that the scores. Of several results of one variant in one lane, the one that is not
/// as expected counts.
std::string matrix_of(const std::vector<judge::Result>& results, const Style& style);

}  // namespace racepair::report
