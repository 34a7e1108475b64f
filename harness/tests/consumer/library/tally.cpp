#include "tally.hpp"

void Tally::vote() {
    const std::lock_guard<std::mutex> guard(mutex_);
    ++votes_;
}
