#pragma once

#include <string>
#include <string_view>

namespace racepair::report::page {

/// The text compressed (raw deflate, RFC 1951) and then spelled in base64 (RFC 4648): about a tenth
/// of what markup takes, and nothing in it can be taken for markup. Throws std::runtime_error where
/// the memory for it is not there.
std::string packed(std::string_view text);

}  // namespace racepair::report::page
