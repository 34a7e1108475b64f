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
/// The member with `n` others before it, in constant time (Vigna 2008, select in a word).
inline int nth_of(ThreadSet set, unsigned n) {
    constexpr std::uint64_t each_byte = 0x0101010101010101;
    std::uint64_t sums = set - (set >> 1 & 0x55 * each_byte);
    sums = (sums & 0x33 * each_byte) + (sums >> 2 & 0x33 * each_byte);
    sums = ((sums + (sums >> 4)) & 0x0F * each_byte) * each_byte;  // of each byte and those before
    const std::uint64_t enough =
        ((sums | 0x80 * each_byte) - (n + 1) * each_byte) & 0x80 * each_byte;
    const int byte = first_of(enough) & ~7;
    ThreadSet left = set >> byte;
    for (auto skip = n - (sums << 8 >> byte & 0xFF); skip > 0; --skip) left &= left - 1;
    return byte + first_of(left);
}

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
