#pragma once

#include <cstddef>

/// Variables of the explorer that must keep their values from one execution to the next, as against
/// the program's own. Each definition in the explorer that changes while it works carries this.
#define RACEPAIR_KEPT __attribute__((section("racepair_kept")))

namespace racepair::explorer {

/// The program's global variables and function-local statics, which begin each execution with the
/// values that they had when exploring began.
class Globals {
   public:
    /// Takes the picture of all the program's writable memory, but for what is RACEPAIR_KEPT.
    void remember();
    /// Cost: the size of the program's writable data, in bytes copied.
    void restore();

   private:
    struct Range {
        char* begin;
        std::size_t size;
        char* copy;
    };
    Range ranges_[8] = {};
    int count_ = 0;
};

extern Globals globals;

}  // namespace racepair::explorer
