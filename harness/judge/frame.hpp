#pragma once

#include <string>

namespace racepair::judge {

/// One call in a stack, as far as it has names.
struct Frame {
    std::string function;
    std::string file;
    int line = 0;
    std::string pc;
};

}  // namespace racepair::judge
