#pragma once

#include "operation.hpp"
#include "reserved.hpp"

namespace racepair::explorer {

/// A step in a sequence that is still to be explored.
struct Step {
    int thread = 0;
    Operation operation;
};

/// The sequences of steps that are still to be explored from some place on, as a tree whose
/// branches are ordered: a wakeup tree (Abdulla, Aronis, Jonsson & Sagonas 2014). Nodes are numbers
/// into one pool for all trees; -1 is none.
class WakeupTrees {
   public:
    struct Node {
        Step step;
        int first_child = -1;
        int next = -1;
    };

    void open() { nodes_.open(std::size_t{1} << 20); }
    void clear() {
        nodes_.clear();
        free_ = -1;
    }

    int add(const Step& step);
    /// Gives back a node alone; its children must have been taken off.
    void drop(int node);
    Node& operator[](int node) { return nodes_[static_cast<std::size_t>(node)]; }

   private:
    Reserved<Node> nodes_;
    int free_ = -1;
};

}  // namespace racepair::explorer
