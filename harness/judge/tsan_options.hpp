#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace racepair::judge {

/// One `key=value` of TSAN_OPTIONS.
struct TsanOption {
    std::string key;
    std::string value;
};

/// Splits TSAN_OPTIONS the way the runtime does: at blanks, commas and colons; a value may be
/// quoted with ' or ". What has no `=` is left out of the options and named in `unreadable`.
std::vector<TsanOption> read_tsan_options(std::string_view text,
                                          std::vector<std::string>& unreadable);

/// The keys in what a runtime prints when it is asked for `help=1`.
std::vector<std::string> keys_in_help(std::string_view help);

/// The key that was probably meant: the known one with the fewest letters to change, or "" if none
/// is near.
std::string nearest_key(std::string_view key, const std::vector<std::string>& known);

}  // namespace racepair::judge
