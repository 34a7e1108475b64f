#pragma once

#include "reserved.hpp"

namespace racepair::explorer {

constexpr unsigned long longest_outcome = 200;

/// How often each outcome was seen, over schedules.
class Outcomes {
   public:
    struct Entry {
        char text[longest_outcome + 1];
        bool flagged;
        bool right;
        long count;  // not sent yet
        long all;
    };
    static constexpr std::size_t most = 4096;

    void open() { entries_.open(most); }
    void clear() { entries_.clear(); }
    /// False if there are too many different ones.
    bool add(const char* text, bool flagged, bool right);
    /// Sends what was not sent yet as a `trials` record.
    void send(const char* variant, long first, long count);
    long distinct() const;

   private:
    Reserved<Entry> entries_;
};

}  // namespace racepair::explorer
