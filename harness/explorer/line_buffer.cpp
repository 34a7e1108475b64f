#include "line_buffer.hpp"

#include "globals.hpp"
#include "reserved.hpp"

namespace racepair::explorer {

subject::JsonLine begin_record(const char* name, const char* variant) {
    constexpr unsigned long size = 1024 * 1024;
    RACEPAIR_KEPT static char* buffer = nullptr;
    if (buffer == nullptr) buffer = static_cast<char*>(reserve(size));
    subject::JsonLine line(buffer, size);
    line.record(name).key("variant").text(variant);
    return line;
}

}  // namespace racepair::explorer
