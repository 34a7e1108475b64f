#include "dpor.hpp"

#include "../execution.hpp"

namespace racepair::explorer {
namespace {

/// Stands in a sequence for the step that ends it.
constexpr int final_step = -1;

int width() { return execution.width(); }

}  // namespace

void Dpor::open() {
    nodes_.open(longest_trace);
    steps_.open(longest_trace * most_threads);
    sequence_.open(longest_trace + 1);
    gone_.open(longest_trace + 1);
    trees_.open();
}

void Dpor::restart() {
    nodes_.clear();
    steps_.clear();
    trees_.clear();
    first_new_ = 0;
    blocked_ = infeasible_ = 0;
    cut_ = false;
    execution.keep_prefix(0);
}

long Dpor::pending() const {
    long count = 0;
    auto& trees = const_cast<WakeupTrees&>(trees_);
    for (std::size_t i = 0; i < nodes_.size(); ++i)
        for (int branch = nodes_[i].tree; branch >= 0; branch = trees[branch].next) ++count;
    return count - static_cast<long>(nodes_.size());
}

/// The n-th of those who stood there, in the order of their numbers.
const Operation& Dpor::step_at(const Node& node, int thread) const {
    const ThreadSet before = node.standing & (only(thread) - 1);
    return steps_[node.steps + static_cast<std::size_t>(count_of(before))];
}

int Dpor::choose(const Choice& choice) {
    const auto depth = static_cast<std::size_t>(choice.depth);
    if (depth < nodes_.size()) {
        const int planned = trees_[nodes_[depth].tree].step.thread;
        if ((choice.enabled & only(planned)) != 0) return planned;
        ++infeasible_;
        cut_ = true;
        return -1;
    }

    Node node;
    if (depth > 0) {
        Node& parent = nodes_[depth - 1];
        WakeupTrees::Node& branch = trees_[parent.tree];
        const Operation& taken = execution.trace()[depth - 1].step;
        for (ThreadSet left = parent.asleep; left != 0; left &= left - 1) {
            const int sleeper = first_of(left);
            if (!conflict(step_at(parent, sleeper), taken)) node.asleep |= only(sleeper);
        }
        node.tree = branch.first_child;
        branch.first_child = -1;
    }
    if (node.tree < 0) {
        const ThreadSet open = choice.enabled & ~node.asleep;
        if (open == 0) {
            ++blocked_;
            cut_ = true;
            return -1;
        }
        // Whoever is on goes on: the first schedule has the fewest switches.
        const int next = (open & only(choice.current)) != 0 ? choice.current : first_of(open);
        node.tree = trees_.add({next, *choice.step_of(next)});
    }
    const int next = trees_[node.tree].step.thread;
    if ((choice.enabled & only(next)) == 0) {
        ++infeasible_;
        cut_ = true;
        return -1;
    }
    node.standing = choice.standing;
    node.steps = steps_.size();
    for (ThreadSet left = choice.standing; left != 0; left &= left - 1) {
        if (steps_.is_full()) fail_internally("schedules are too long for reduction");
        steps_.add() = *choice.step_of(first_of(left));
    }
    nodes_.add() = node;
    return next;
}

/// Plans what the execution that is over has taught.
void Dpor::learn() {
    const auto length = static_cast<int>(nodes_.size());
    for (int later = static_cast<int>(first_new_); later < length; ++later) find_races(later);
    // Whoever stands blocked now might have gone on before whoever blocks it.
    for (int number = 0; number < width(); ++number) {
        const Thread& thread = execution.thread(number);
        if (thread.state != State::at_operation || !thread.pending.can_block()) continue;
        Event event;
        event.step = thread.pending;
        event.thread = static_cast<std::uint8_t>(number);
        event.index = static_cast<std::uint16_t>(thread.events + 1);
        event.previous = thread.last_event;
        event.initial_count = execution.object_at(event.step.address).initial_count;
        event.before.copy(thread.dependence, width());
        for (int earlier = length - 1; earlier >= 0; --earlier)
            if (conflict(execution.trace()[static_cast<std::size_t>(earlier)].step, event.step))
                turn_round(earlier, length, event);
    }
}

bool Dpor::advance() {
    if (!cut_) learn();
    cut_ = false;
    while (nodes_.size() > 0) {
        Node& node = nodes_.back();
        const int done = node.tree;
        node.asleep |= only(trees_[done].step.thread);
        node.tree = trees_[done].next;
        trees_.drop(done);
        if (node.tree >= 0) {
            first_new_ = static_cast<long>(nodes_.size()) - 1;
            execution.keep_prefix(first_new_);
            return true;
        }
        steps_.cut_to(node.steps);
        nodes_.pop();
    }
    return false;
}

/// Races of a step with those before it. Going back from it and joining what is met, one that is
/// not yet known has nothing between it and this one.
void Dpor::find_races(int later) {
    const Trace& trace = execution.trace();
    const Event& event = trace[static_cast<std::size_t>(later)];
    const bool blocks =
        event.step.can_block() || event.step.kind == Kind::timed_dequeue || event.step.awaits != 0;
    Dependence known;
    known.clear(width());
    known.copy(event.before, width());
    for (int earlier = later - 1; earlier >= 0; --earlier) {
        const Event& other = trace[static_cast<std::size_t>(earlier)];
        if (event.before.knows(other.thread, other.index)) continue;
        if (!conflict(other.step, event.step)) continue;
        const bool adjacent = !known.knows(other.thread, other.index);
        known.join(other.after, width());
        if (adjacent || blocks) turn_round(earlier, later, event);
    }
}

/// Plans the sequence in which `event` comes before `earlier`, if there is one that is not planned
/// or explored yet.
void Dpor::turn_round(int earlier, int later, const Event& event) {
    const Trace& trace = execution.trace();
    const Event& first = trace[static_cast<std::size_t>(earlier)];
    if (event.before.knows(first.thread, first.index)) return;
    sequence_.clear();
    last_.copy(event.before, width());
    const auto length = static_cast<int>(nodes_.size());
    for (int i = earlier + 1; i < length; ++i) {
        if (i == later) continue;
        const Event& other = trace[static_cast<std::size_t>(i)];
        if (other.after.knows(first.thread, first.index)) continue;
        if (other.thread == event.thread && other.index > event.index) continue;
        sequence_.add() = i;
        if (conflict(other.step, event.step) && i < later) last_.join(other.after, width());
    }
    final_ = &event;
    if (!is_feasible(earlier, event)) return;
    sequence_.add() = final_step;
    gone_.cut_to(sequence_.size());
    for (std::size_t i = 0; i < sequence_.size(); ++i) gone_[i] = 0;

    Node& node = nodes_[static_cast<std::size_t>(earlier)];
    for (ThreadSet left = node.asleep; left != 0; left &= left - 1) {
        const int sleeper = first_of(left);
        bool found = false, independent = true;
        for (std::size_t i = 0; i < sequence_.size() && !found; ++i) {
            const Event& other =
                sequence_[i] == final_step ? event : trace[static_cast<std::size_t>(sequence_[i])];
            if (other.thread == sleeper) {
                if (is_initial(static_cast<int>(i))) return;
                found = true;
            } else if (conflict(step_at(node, sleeper), other.step)) {
                independent = false;
            }
        }
        if (!found && independent) return;
    }
    insert(node);
}

/// Could the step be taken after the sequence, at the place of `earlier`?
bool Dpor::is_feasible(int earlier, const Event& event) const {
    const Trace& trace = execution.trace();
    const auto at = [&](int i) -> const Event& { return trace[static_cast<std::size_t>(i)]; };
    if (event.step.awaits != 0 && !is_let_go(earlier, event)) return false;
    if (!event.step.can_block()) return true;
    ObjectState state;
    state.count = event.initial_count;
    const std::uintptr_t address = event.step.address;
    const auto apply = [&](const Event& other) {
        const bool touches = !other.step.is_memory() &&
                             (other.step.address == address ||
                              (other.step.kind == Kind::enqueue && other.step.second == address));
        if (touches) state.apply(other.thread, other.step, address, other.equal);
    };
    for (int i = 0; i < earlier; ++i) apply(at(i));
    for (std::size_t i = 0; i < sequence_.size(); ++i) apply(at(sequence_[i]));
    return state.allows(event.thread, event.step);
}

/// It had gone round a loop and found nothing changed: does a place that it looked at change after
/// that, before `earlier` or in the sequence?
bool Dpor::is_let_go(int earlier, const Event& event) const {
    const Trace& trace = execution.trace();
    const auto at = [&](int i) -> const Event& { return trace[static_cast<std::size_t>(i)]; };
    const AwaitedSets::Set& set = awaited_sets[event.step.awaits];
    for (int place = 0; place < set.count; ++place) {
        const Awaited& awaited = set.place[place];
        int looked = event.previous;
        while (looked >= 0 && !awaited.may_be_seen_by(at(looked).step))
            looked = at(looked).previous;
        if (looked < 0) return true;  // when it looked, nobody else was there
        const auto changes = [&](const Event& other) {
            return other.thread != event.thread && other.changed &&
                   awaited.may_be_changed_by(other.step);
        };
        for (int i = looked + 1; i < earlier; ++i)
            if (changes(at(i))) return true;
        for (std::size_t i = 0; i < sequence_.size(); ++i)
            if (sequence_[i] > looked && changes(at(sequence_[i]))) return true;
    }
    return false;
}

/// Has the step at this place of the sequence nothing before it, of what is left there?
bool Dpor::is_initial(int position) const {
    const Trace& trace = execution.trace();
    const int event = sequence_[static_cast<std::size_t>(position)];
    const Dependence& needs =
        event == final_step ? last_ : trace[static_cast<std::size_t>(event)].after;
    for (int i = 0; i < position; ++i) {
        if (gone_[static_cast<std::size_t>(i)] != 0) continue;
        const Event& other =
            trace[static_cast<std::size_t>(sequence_[static_cast<std::size_t>(i)])];
        if (needs.knows(other.thread, other.index)) return false;
    }
    return true;
}

void Dpor::insert(Node& node) {
    const Trace& trace = execution.trace();
    const auto event_of = [&](std::size_t i) -> const Event& {
        return sequence_[i] == final_step ? *final_ : trace[static_cast<std::size_t>(sequence_[i])];
    };
    int* branch = &node.tree;

    for (;;) {
        // Does the sequence go down one of the branches?
        int* into = nullptr;
        for (int* at = branch; *at >= 0 && into == nullptr; at = &trees_[*at].next) {
            const Step& step = trees_[*at].step;
            bool found = false, independent = true;
            for (std::size_t i = 0; i < sequence_.size() && !found; ++i) {
                if (gone_[i] != 0) continue;
                const Event& event = event_of(i);
                if (event.thread == step.thread) {
                    found = true;
                    if (is_initial(static_cast<int>(i))) {
                        gone_[i] = 1;
                        into = at;
                    }
                } else if (conflict(event.step, step.operation)) {
                    independent = false;
                }
            }
            if (!found && independent) into = at;
        }
        if (into == nullptr) break;
        branch = &trees_[*into].first_child;
        if (*branch < 0) return;  // all that the sequence leads to is explored there
    }
    while (*branch >= 0) branch = &trees_[*branch].next;
    for (std::size_t i = 0; i < sequence_.size(); ++i) {
        if (gone_[i] != 0) continue;
        const Event& event = event_of(i);
        *branch = trees_.add({event.thread, event.step});
        branch = &trees_[*branch].first_child;
    }
}

}  // namespace racepair::explorer
