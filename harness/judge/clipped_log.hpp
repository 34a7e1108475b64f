#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace racepair::judge {

/// Keeps the first and the last half of a text of any length, and counts what it drops between.
/// Memory: at most 1.5 times the limit, plus the longest piece appended. Cost: O(1) for each byte.
class ClippedLog {
   public:
    /// `limit` is in bytes.
    explicit ClippedLog(std::size_t limit)
        : head_limit_(limit / 2), tail_limit_(limit - limit / 2) {}

    void append(std::string_view piece) {
        const std::size_t to_head = std::min(piece.size(), head_limit_ - head_.size());
        head_.append(piece.substr(0, to_head));
        tail_.append(piece.substr(to_head));
        // Let the tail grow to twice its limit first, so that each byte is moved only once.
        if (tail_.size() > 2 * tail_limit_) drop_front_of_tail();
    }

    /// Bytes that are in neither half.
    std::size_t dropped() const { return dropped_ + excess(); }

    /// Both halves; where bytes were dropped, a line of its own between them says how many.
    std::string text() const {
        const std::string_view tail = std::string_view(tail_).substr(excess());
        std::string all = head_;
        if (dropped() > 0) all += "\n[... " + std::to_string(dropped()) + " bytes dropped ...]\n";
        return all.append(tail);
    }

   private:
    std::size_t excess() const { return tail_.size() - std::min(tail_.size(), tail_limit_); }

    void drop_front_of_tail() {
        dropped_ += excess();
        tail_.erase(0, excess());
    }

    std::size_t head_limit_;
    std::size_t tail_limit_;
    std::size_t dropped_ = 0;
    std::string head_;
    std::string tail_;
};

}  // namespace racepair::judge
