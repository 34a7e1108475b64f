#pragma once

#include "../reserved.hpp"
#include "../strategy.hpp"
#include "../trace.hpp"

namespace racepair::explorer {

/// Every schedule, one by one, without reduction: what reduction is checked against. With a bound,
/// every schedule that takes a step away from a thread that could have gone on at most so many
/// times (Musuvathi & Qadeer 2007).
class Every final : public Strategy {
   public:
    void open() { nodes_.open(longest_trace); }
    void set_preemptions(int bound) { bound_ = bound; }

    const char* name() const override { return "every"; }
    int choose(const Choice& choice) override;
    bool advance() override;
    bool is_exhaustive() const override { return bound_ < 0; }
    bool needs_dependence() const override { return tracks_; }
    void restart() override;
    /// Asks for the Dependence clocks, to tell which schedules are equivalent.
    void track_dependence() { tracks_ = true; }

   private:
    struct Node {
        ThreadSet left = 0;  // still to be tried, the one under way first
        int chosen = 0;
        int preemptions = 0;  // before this step
        int current = 0;
        bool current_enabled = false;
    };
    Reserved<Node> nodes_;
    int bound_ = -1;
    bool tracks_ = false;
};

}  // namespace racepair::explorer
