#pragma once

#include <string>
#include <string_view>

namespace racepair::judge {

/// Writes a file beside its place and renames it, so that nobody reads half of it. Makes the folder
/// if there is none. Throws std::runtime_error with the path and the cause.
void write_whole(const std::string& path, std::string_view text);

}  // namespace racepair::judge
