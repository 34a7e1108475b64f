#include "awaited.hpp"

#include "globals.hpp"
#include "operation.hpp"

namespace racepair::explorer {

RACEPAIR_KEPT AwaitedSets awaited_sets;

bool Awaited::overlaps(const Operation& step) const {
    return step.address < address + size && address < step.address + step.size;
}

bool Awaited::may_be_changed_by(const Operation& step) const {
    if (size != 0) return step.writes() && overlaps(step);
    if (step.kind == Kind::enqueue && step.second == address) return true;
    const bool lets_go = step.kind == Kind::unlock || step.kind == Kind::unlock_shared ||
                         step.kind == Kind::give || step.kind == Kind::notify;
    return lets_go && step.address == address;
}

bool Awaited::may_be_seen_by(const Operation& step) const {
    if (size != 0) return step.is_memory() && overlaps(step);
    return !step.is_memory() && step.address == address;
}

void AwaitedSets::Set::add(const Awaited& awaited) {
    int where = 0;
    for (; where < count; ++where) {
        if (place[where].address == awaited.address && place[where].size == awaited.size) return;
        if (place[where].address > awaited.address) break;
    }
    if (count == most_places) return;
    for (int i = count; i > where; --i) place[i] = place[i - 1];
    place[where] = awaited;
    ++count;
}

std::uint8_t AwaitedSets::number_of(const Set& set) {
    if (set.count == 0) return 0;
    for (int i = 0; i < count_; ++i) {
        bool same = sets_[i].count == set.count;
        for (int j = 0; same && j < set.count; ++j)
            same = sets_[i].place[j].address == set.place[j].address &&
                   sets_[i].place[j].size == set.place[j].size;
        if (same) return static_cast<std::uint8_t>(i + 1);
    }
    if (count_ == most_sets) return 0;
    // Part by part: a copy of the whole would be a call of memcpy.
    Set& kept = sets_[count_++];
    kept.count = 0;
    for (int i = 0; i < set.count; ++i) kept.add(set.place[i]);
    return static_cast<std::uint8_t>(count_);
}

}  // namespace racepair::explorer
