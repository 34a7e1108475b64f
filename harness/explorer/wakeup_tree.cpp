#include "wakeup_tree.hpp"

namespace racepair::explorer {

int WakeupTrees::add(const Step& step) {
    int node = free_;
    if (node >= 0) {
        free_ = nodes_[static_cast<std::size_t>(node)].next;
    } else {
        if (nodes_.is_full()) fail_internally("more schedules are pending than can be kept");
        node = static_cast<int>(nodes_.size());
        nodes_.add();
    }
    nodes_[static_cast<std::size_t>(node)] = {step, -1, -1};
    return node;
}

void WakeupTrees::drop(int node) {
    nodes_[static_cast<std::size_t>(node)].next = free_;
    free_ = node;
}

}  // namespace racepair::explorer
