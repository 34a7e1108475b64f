#pragma once

#include <functional>
#include <map>
#include <string>

#include "forgery.hpp"

namespace lying {

/// What a lie is about: its case, "forged.<lie>", and the variant of it that is asked for.
struct Occasion {
    std::string name;     // "forged.<lie>"
    std::string variant;  // "forged.<lie>.racy"
};

using Lie = std::function<void(Forgery&, const Occasion&)>;

/// All lies by name. "nothing" is the honest evidence.
const std::map<std::string, Lie>& lies();

}  // namespace lying
