#include "noise.hpp"

#include "globals.hpp"
#include "real.hpp"

namespace racepair::explorer {
namespace {

// One for each real thread; its address tells threads apart.
__thread std::uint64_t state = 0;
RACEPAIR_KEPT std::uint64_t threads_seen = 0;

}  // namespace

RACEPAIR_KEPT Noise noise;

void Noise::start(std::uint64_t seed, unsigned per_million) {
    seed_ = seed;
    threshold_ = (std::uint64_t{per_million} << 32) / 1'000'000;
    if (threshold_ == 0 && per_million > 0) threshold_ = 1;
}

void Noise::stop() { threshold_ = 0; }

void Noise::decide() {
    if (state == 0) {
        const auto order = __atomic_add_fetch(&threads_seen, 1, __ATOMIC_RELAXED);
        state = (seed_ + order) * 0x9E3779B97F4A7C15ull | 1;
    }
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    if (((state * 0x2545F4914F6CDD1Dull) >> 32) < threshold_) real::sched_yield();
}

}  // namespace racepair::explorer
