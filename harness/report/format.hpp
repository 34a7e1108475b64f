#pragma once

#include <string>
#include <vector>

#include "../judge/result.hpp"

namespace racepair::report {

/// A document that is made of results, for another program or another kind of reader.
struct Format {
    std::string name;  // "junit"
    std::string reader;
    /// Paths are told as seen from `folder`, the checkout.
    std::string (*write)(const judge::Results& results, const std::string& folder);
};

const std::vector<Format>& all_formats();

}  // namespace racepair::report
