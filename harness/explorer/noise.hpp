#pragma once

#include <cstdint>

namespace racepair::explorer {

/// For scopes that are too large to control: real threads, which give way at instrumented accesses
/// with a seeded probability, so that what rarely happens happens often, on a single CPU too. It
/// proves nothing about schedules that did not happen.
class Noise {
   public:
    /// `per_million`: how many of a million accesses are disturbed.
    void start(std::uint64_t seed, unsigned per_million);
    void stop();

    /// Called at each instrumented access.
    void disturb() {
        if (threshold_ != 0) decide();
    }

   private:
    void decide();

    std::uint64_t seed_ = 0;
    std::uint64_t threshold_ = 0;  // of 2^32
};

extern Noise noise;

}  // namespace racepair::explorer
