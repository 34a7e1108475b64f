#pragma once

#include "../subject/json_line.hpp"

namespace racepair::explorer {

/// Starts a record of evidence in the explorer's one buffer, which is large enough for the longest
/// of them. One record at a time.
subject::JsonLine begin_record(const char* name, const char* variant);

}  // namespace racepair::explorer
