#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace racepair::judge {

/// What the file holds. Throws std::runtime_error with the path and the cause, also where it holds
/// more than `most` bytes: nobody meant that.
std::string read_whole(const std::string& path, std::size_t most);

/// Writes a file beside its place and renames it, so that nobody reads half of it. Makes the folder
/// if there is none. Throws std::runtime_error with the path and the cause.
void write_whole(const std::string& path, std::string_view text);

}  // namespace racepair::judge
