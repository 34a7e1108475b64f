#pragma once

#include <string>

#include "../judge/result.hpp"

namespace racepair::report {

/// Whether text may be coloured and how wide it may get.
struct Style {
    bool colour = false;
    int width = 80;
};

/// Colour only where `descriptor` is a terminal and NO_COLOR (https://no-color.org) is not set.
Style style_for(int descriptor);

/// The log from where the case itself began: what stands before is about the canary.
std::string log_of_case(const judge::Result& result);

/// One or two lines for a verdict that is as expected; for any other, everything that is needed to
/// act on it: expected, seen, where, why it matters, and the command that reproduces it.
std::string text_of(const judge::Result& result, const Style& style);

/// The four cells and the count of verdicts.
std::string summary_of(const std::vector<judge::Result>& results, const Style& style);

}  // namespace racepair::report
