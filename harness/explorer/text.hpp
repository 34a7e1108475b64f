#pragma once

namespace racepair::explorer {

/// strcmp() == 0, which may be the program's.
inline bool same(const char* a, const char* b) {
    if (a == b) return true;
    while (*a != '\0' && *a == *b) ++a, ++b;
    return *a == *b;
}

}  // namespace racepair::explorer
