#pragma once

#include <string>

namespace racepair::cli {

/// A line on a terminal that is written over while something works, and gone afterwards.
class Progress {
   public:
    Progress();
    void show(const std::string& text) const;
    void clear() const;

   private:
    bool is_terminal_;
};

}  // namespace racepair::cli
