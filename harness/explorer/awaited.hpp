#pragma once

#include <cstdint>

namespace racepair::explorer {

struct Operation;

/// What a loop looks at each time it goes round: memory, or a lock, semaphore or queue that it
/// tried in vain.
struct Awaited {
    std::uintptr_t address;
    std::uint32_t size;  // 0: an object

    /// Could this step change it?
    bool may_be_changed_by(const Operation& step) const;
    /// Does it look at it?
    bool may_be_seen_by(const Operation& step) const;

   private:
    bool overlaps(const Operation& step) const;
};

/// Sets of what loops look at, each kept once and numbered, so that a step can carry one.
class AwaitedSets {
   public:
    static constexpr int most_places = 16;
    static constexpr int most_sets = 255;
    struct Set {
        Awaited place[most_places];  // not set from the start: that would be a call of memset
        int count = 0;
        void add(const Awaited& awaited);
    };

    void clear() { count_ = 0; }
    /// The number of the set: 0 for an empty one, and for one too many.
    std::uint8_t number_of(const Set& set);
    const Set& operator[](std::uint8_t number) const { return sets_[number - 1]; }

   private:
    Set sets_[most_sets];
    int count_ = 0;
};

extern AwaitedSets awaited_sets;

}  // namespace racepair::explorer
