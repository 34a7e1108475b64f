#pragma once

#include "../strategy.hpp"
#include "../trace.hpp"
#include "../wakeup_tree.hpp"

namespace racepair::explorer {

/// All schedules that differ in more than the order of independent steps, each once: optimal
/// dynamic partial-order reduction with sleep sets and wakeup trees (Godefroid 1996; Flanagan &
/// Godefroid 2005; Abdulla, Aronis, Jonsson & Sagonas 2014 and 2017).
///
/// After each execution its reversible races are looked for: pairs of steps of different threads
/// whose order matters and could be the other way round. For each, the sequence that would turn
/// them round is put into the wakeup tree at the place of the first, unless what is explored there
/// anyway covers it. A step that can block (a lock, a wait) may be turned round with any earlier
/// step on its object, if the object's rules allow it there; so may one that stands blocked at the
/// end.
class Dpor final : public Strategy {
   public:
    void open();

    const char* name() const override { return "dpor"; }
    int choose(const Choice& choice) override;
    bool advance() override;
    bool is_exhaustive() const override { return true; }
    bool needs_dependence() const override { return true; }
    void restart() override;

    /// Executions that had to be given up because all they could do was explored already, and those
    /// whose planned step could not be taken. With an optimal reduction there are none.
    long blocked() const { return blocked_; }
    long infeasible() const { return infeasible_; }
    /// Sequences still to be explored, at the least.
    long pending() const;

   private:
    /// A place to switch on the way to the present execution.
    struct Node {
        ThreadSet asleep = 0;  // threads whose step was explored from here
        ThreadSet standing = 0;
        std::size_t steps = 0;  // where their steps are kept
        int tree = -1;          // first branch: the one under way
    };

    const Operation& step_at(const Node& node, int thread) const;
    void learn();
    void find_races(int later);
    void turn_round(int earlier, int later, const Event& event);
    bool is_feasible(int earlier, const Event& event) const;
    bool is_let_go(int earlier, const Event& event) const;
    bool is_initial(int position) const;
    void insert(Node& node);

    Reserved<Node> nodes_;
    Reserved<Operation> steps_;
    WakeupTrees trees_;
    // The sequence that turns a race round: events of the trace, the last one its later step.
    Reserved<int> sequence_;
    Reserved<std::uint8_t> gone_;  // while it is followed down a tree
    Dependence last_;              // what the later step depends on there
    const Event* final_ = nullptr;
    bool cut_ = false;  // the execution was given up
    long first_new_ = 0;
    long blocked_ = 0;
    long infeasible_ = 0;
};

}  // namespace racepair::explorer
