#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "lane.hpp"

namespace racepair::report {

/// Results by variant and lane: what every table of them is made of. Refers to the results it was
/// made from.
struct Grid {
    std::vector<Lane> lanes;
    std::vector<std::string> rows;  // names of variants, those of a case together
    std::map<std::pair<std::string, std::size_t>, const judge::Result*> cells;

    /// Of several results of one variant in one lane, the one that is not as expected counts.
    explicit Grid(const std::vector<judge::Result>& results);

    /// nullptr if the lane has no result of the variant.
    const judge::Result* at(const std::string& row, std::size_t lane) const;
};

/// One word for what a detector said of a variant; a verdict in capitals was not expected.
std::string word_of(const judge::Result& result);

}  // namespace racepair::report
