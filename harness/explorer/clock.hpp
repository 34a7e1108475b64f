#pragma once

#include <cstdint>

namespace racepair::explorer {

/// The most threads that one execution may have at any time; sets of threads are one machine word.
constexpr int most_threads = 64;

/// A set of threads, one bit each.
using ThreadSet = std::uint64_t;
constexpr ThreadSet only(int thread) { return ThreadSet{1} << thread; }
inline int first_of(ThreadSet set) { return __builtin_ctzll(set); }
inline int last_of(ThreadSet set) { return 63 - __builtin_clzll(set); }
inline int count_of(ThreadSet set) { return __builtin_popcountll(set); }

/// A vector clock (Fidge 1988, Mattern 1989): for each thread, how much of it is known to have
/// happened. `Tick` is how far it counts. Only the first `width` components are in use; the others
/// stay zero, so that joining costs as much as there are threads.
template <class Tick>
struct VectorClock {
    Tick at[most_threads];

    void clear(int width = most_threads) {
        for (int i = 0; i < width; ++i) at[i] = 0;
    }
    void copy(const VectorClock& other, int width) {
        for (int i = 0; i < width; ++i) at[i] = other.at[i];
    }
    void join(const VectorClock& other, int width) {
        // Without a branch, so that the compiler makes vector instructions of it.
        for (int i = 0; i < width; ++i) at[i] = at[i] < other.at[i] ? other.at[i] : at[i];
    }
    /// Did tick `tick` of `thread` happen before what this clock stands for?
    bool knows(int thread, Tick tick) const { return at[thread] >= tick; }
};

/// Happens-before as the C++ standard defines it, by the declared memory orders; what data races
/// are judged by.
using HappensBefore = VectorClock<std::uint32_t>;

/// The order of conflicting events in one schedule; what partial-order reduction works on. It knows
/// nothing of memory orders.
using Dependence = VectorClock<std::uint16_t>;

}  // namespace racepair::explorer
