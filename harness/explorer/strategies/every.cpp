#include "every.hpp"

#include "../execution.hpp"

namespace racepair::explorer {

void Every::restart() {
    nodes_.clear();
    execution.keep_prefix(0);
}

int Every::choose(const Choice& choice) {
    const auto depth = static_cast<std::size_t>(choice.depth);
    if (depth < nodes_.size()) return nodes_[depth].chosen;
    Node node;
    node.current = choice.current;
    node.current_enabled = (choice.enabled & only(choice.current)) != 0;
    if (depth > 0) {
        const Node& parent = nodes_[depth - 1];
        const bool preempted = parent.current_enabled && parent.chosen != parent.current;
        node.preemptions = parent.preemptions + (preempted ? 1 : 0);
    }
    node.left = choice.enabled;
    if (bound_ >= 0 && node.preemptions >= bound_ && node.current_enabled)
        node.left = only(choice.current);
    node.chosen = node.current_enabled ? choice.current : first_of(node.left);
    node.left &= ~only(node.chosen);
    nodes_.add() = node;
    return node.chosen;
}

bool Every::advance() {
    while (nodes_.size() > 0) {
        Node& node = nodes_.back();
        if (node.left != 0) {
            node.chosen = first_of(node.left);
            node.left &= ~only(node.chosen);
            execution.keep_prefix(static_cast<long>(nodes_.size()) - 1);
            return true;
        }
        nodes_.pop();
    }
    return false;
}

}  // namespace racepair::explorer
