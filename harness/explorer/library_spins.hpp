#pragma once

#include <cstdint>

namespace racepair::explorer {

/// Where the C++ library spins for a bounded time before it goes to sleep: std::__atomic_spin and
/// its like, found by name in the program's symbol table. Spinning changes nothing but time, so one
/// round stands for all. A program without symbols has none: all rounds are explored then.
class LibrarySpins {
   public:
    void find();
    bool contain(std::uintptr_t pc) const {
        for (int i = 0; i < count_; ++i)
            if (pc >= range_[i].begin && pc < range_[i].end) return true;
        return false;
    }

   private:
    static constexpr int most = 256;
    struct Range {
        std::uintptr_t begin, end;
    };
    Range range_[most];
    int count_ = -1;
};

extern LibrarySpins library_spins;

}  // namespace racepair::explorer
