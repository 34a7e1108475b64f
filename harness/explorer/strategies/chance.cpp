#include "chance.hpp"

#include "../execution.hpp"

namespace racepair::explorer {

void RandomWalk::restart() {
    random_ = Random(seed_);
    done_ = 0;
    execution.keep_prefix(0);
}

int RandomWalk::choose(const Choice& choice) {
    const auto count = static_cast<std::uint64_t>(count_of(choice.enabled));
    return nth_of(choice.enabled, static_cast<unsigned>(random_.below(count)));
}

void Pct::restart() {
    random_ = Random(seed_);
    done_ = 0;
    execution.keep_prefix(0);
}

void Pct::begin() {
    lowest_ = 0;
    for (auto& priority : priority_) priority = 0;
    for (int i = 0; i + 1 < depth_ && i < most_depth; ++i)
        change_at_[i] = static_cast<long>(random_.below(static_cast<std::uint64_t>(steps_)));
}

int Pct::choose(const Choice& choice) {
    for (ThreadSet left = choice.enabled; left != 0; left &= left - 1) {
        long& priority = priority_[first_of(left)];
        if (priority == 0) priority = 1 + static_cast<long>(random_.below(1 << 30));
        if (first_of(left) >= threads_) threads_ = first_of(left) + 1;
    }
    if (choice.depth >= steps_) steps_ = choice.depth + 1;
    for (int i = 0; i + 1 < depth_ && i < most_depth; ++i)
        if (change_at_[i] == choice.depth && priority_[choice.current] != 0)
            priority_[choice.current] = --lowest_;
    int best = first_of(choice.enabled);
    for (ThreadSet left = choice.enabled; left != 0; left &= left - 1)
        if (priority_[first_of(left)] > priority_[best]) best = first_of(left);
    return best;
}

int RoundRobin::choose(const Choice& choice) {
    const ThreadSet later = choice.enabled & ~(only(choice.current) | (only(choice.current) - 1));
    return first_of(later != 0 ? later : choice.enabled);
}

}  // namespace racepair::explorer
