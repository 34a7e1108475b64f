#pragma once

#include <string>
#include <vector>

#include "../judge/evidence.hpp"

namespace racepair::report {

/// One row of a histogram of outcomes.
struct Bar {
    std::string label;
    long long count = 0;
    bool right = false;  // the expected outcome
};

/// The rows that several variants of a case share, so that they can stand side by side.
class Histogram {
   public:
    /// Whole numbers are put into `rows` - 1 ranges of equal width, and the expected one into a row
    /// of its own, the last. Other outcomes get a row each, the most frequent first, the rest
    /// together in one.
    Histogram(const std::vector<judge::OutcomeCount>& all, const std::string& right, int rows);

    /// The counts of one variant, a bar for each row.
    std::vector<Bar> bars(const std::vector<judge::OutcomeCount>& outcomes) const;

   private:
    int row_of(const std::string& outcome) const;

    std::string right_;
    std::vector<std::string> labels_;
    bool numeric_ = false;
    long long least_ = 0;
    unsigned long long width_ = 1;
    int ranges_ = 0;
};

}  // namespace racepair::report
