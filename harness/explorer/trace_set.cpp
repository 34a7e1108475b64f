#include "trace_set.hpp"

namespace racepair::explorer {
namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t part) {
    hash = (hash ^ part) * 0x9E3779B97F4A7C15ull;
    return hash ^ (hash >> 29);
}

}  // namespace

void TraceSet::clear() {
    for (std::size_t i = 0; count_ > 0 && i < table_size; ++i) hashes_[i] = 0;
    count_ = 0;
}

void TraceSet::add(const Trace& trace, int width) {
    std::uint64_t sum = 1;  // in whatever order equivalent executions take their steps
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const Event& event = trace[i];
        std::uint64_t hash = mix(event.thread, event.index);
        hash = mix(hash, static_cast<std::uint64_t>(event.step.kind));
        for (int thread = 0; thread < width; ++thread) hash = mix(hash, event.after.at[thread]);
        sum += hash;
    }
    if (sum == 0) sum = 1;
    std::size_t place = (sum * 0x9E3779B97F4A7C15ull) >> 42;
    for (; hashes_[place] != 0; place = (place + 1) & (table_size - 1))
        if (hashes_[place] == sum) return;
    if (++count_ > static_cast<long>(table_size / 2))
        fail_internally("too many schedules to count");
    hashes_[place] = sum;
}

}  // namespace racepair::explorer
