#pragma once

#include <mutex>

/// Votes, counted by any number of threads.
class Tally {
   public:
    void vote();
    int votes() const { return votes_; }

   private:
    std::mutex mutex_;
    int votes_ = 0;
};

/// The same in a header.
class HeaderTally {
   public:
    void vote() {
#ifndef RACEPAIR_MUTATE
        const std::lock_guard<std::mutex> guard(mutex_);
#endif
        ++votes_;
    }
    int votes() const { return votes_; }

   private:
    std::mutex mutex_;
    int votes_ = 0;
};
