#pragma once

#include <ostream>

#include "judge/expectation.hpp"
#include "judge/verdict.hpp"

namespace racepair::judge {

// How GoogleTest shows them when a test fails.
inline void PrintTo(Verdict verdict, std::ostream* out) { *out << text_of(verdict); }
inline void PrintTo(Stance stance, std::ostream* out) { *out << text_of(stance); }

}  // namespace racepair::judge
