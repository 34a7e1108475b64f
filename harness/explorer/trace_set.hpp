#pragma once

#include "trace.hpp"

namespace racepair::explorer {

/// Counts executions that are not equivalent: two are equivalent (Mazurkiewicz 1977) if they differ
/// only in the order of independent steps, which is to say if each step has the same dependence
/// clock in both. Told apart by 64 bits of hash.
class TraceSet {
   public:
    void open() { hashes_.open(table_size); }
    void clear();
    void add(const Trace& trace, int width);
    long count() const { return count_; }

   private:
    static constexpr std::size_t table_size = std::size_t{1} << 22;
    Reserved<std::uint64_t> hashes_;
    long count_ = 0;
};

}  // namespace racepair::explorer
