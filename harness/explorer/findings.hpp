#pragma once

#include <cstdint>

#include "execution.hpp"

namespace racepair::explorer {

/// What went wrong in an execution, by the name under which it is reported.
struct Finding {
    const char* kind = nullptr;  // "data-race", "deadlock" …
    const char* what = "";       // in words
    std::uintptr_t first = 0;    // where: with `second`, what tells findings of a kind apart
    std::uintptr_t second = 0;
    std::size_t number = 0;  // of the race or misuse in its list
};

/// The findings of an exploration, each once.
class Findings {
   public:
    static constexpr int most = 32;  // distinct ones that are written out

    void clear();

    /// Looks through the execution that is over. True if there is anything, new or not; `fresh`
    /// says how many are new.
    bool look(Ending ending, int& fresh);

    int count() const { return count_; }
    const Finding& operator[](int i) const { return all_[i]; }
    /// The worst of what the last execution had; "" for nothing.
    const char* worst() const { return worst_; }

   private:
    void add(const Finding& finding);
    void look_for_lock_cycles();

    Finding all_[most];
    int count_ = 0;
    bool any_ = false;
    int fresh_ = 0;
    const char* worst_ = "";
    static constexpr int most_edges = 128;
    LockEdge edges_[most_edges];
    int edge_count_ = 0;
};

/// Do two threads take two locks in opposite orders, and nothing keeps them from doing so at the
/// same time? A lock that both hold besides, and not both of them shared, keeps them from it
/// (Havelund, "Using runtime analysis to guide model checking of Java programs", 2000).
bool are_in_conflict(const LockEdge& one, const LockEdge& other);

/// How an ending is reported, or nullptr where nothing is wrong with it.
const char* kind_of(Ending ending);
const char* words_of(Ending ending);

}  // namespace racepair::explorer
