#pragma once

#include <string>
#include <string_view>

namespace racepair::judge {

/// The text as one that any document may hold and any terminal may show: what is not UTF-8, and
/// each control character but tab and line end, becomes U+FFFD.
std::string clean_text(std::string_view text);

/// At most about so many bytes: the beginning and the end, and between them how many are left out.
/// Letters of UTF-8 stay whole.
std::string clip_text(std::string_view text, std::size_t most);

}  // namespace racepair::judge
