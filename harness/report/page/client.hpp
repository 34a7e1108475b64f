#pragma once

#include <string_view>

namespace racepair::report::page {

// What scripts/bundle-page makes of the modules and the style sheet in client/.
extern const std::string_view script;
extern const std::string_view style;
/// The page's Content-Security-Policy: that script and that style sheet, by their hashes, and
/// nothing else.
extern const std::string_view policy;

}  // namespace racepair::report::page
