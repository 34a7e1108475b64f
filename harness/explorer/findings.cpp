#include "findings.hpp"

#include "kernel.hpp"
#include "text.hpp"

namespace racepair::explorer {

const char* kind_of(Ending ending) {
    switch (ending) {
        case Ending::dead_lock: return "deadlock";
        case Ending::lost_wakeup: return "lost-wakeup";
        case Ending::livelock: return "livelock";
        case Ending::aborted: return "abort";
        case Ending::crashed: return "crash";
        default: return nullptr;
    }
}

const char* words_of(Ending ending) {
    switch (ending) {
        case Ending::finished: return "all threads came to their end";
        case Ending::dead_lock: return "every thread that is left waits for another one";
        case Ending::lost_wakeup:
            return "a thread waits for a notification, and nobody is left to give it";
        case Ending::livelock:
            return "threads go round in their loops and nothing changes any more";
        case Ending::aborted: return "the program aborted";
        case Ending::crashed: return "the program crashed";
        case Ending::too_long:
            return "a schedule took more steps than the limit: bound its loops if they may never "
                   "end";
        case Ending::too_large: return "more threads, memory or children than can be controlled";
        case Ending::unstable:
            return "the case is not deterministic: the same schedule led to other steps (time, "
                   "random "
                   "numbers and addresses from outside do that)";
        case Ending::cut: return "";
    }
    return "";
}

void Findings::clear() {
    count_ = 0;
    edge_count_ = 0;
    worst_ = "";
}

void Findings::add(const Finding& finding) {
    any_ = true;
    if (*worst_ == '\0') worst_ = finding.kind;
    for (int i = 0; i < count_; ++i)
        if (same(all_[i].kind, finding.kind) && all_[i].first == finding.first &&
            all_[i].second == finding.second)
            return;
    if (count_ == most) return;
    all_[count_++] = finding;
    ++fresh_;
}

bool Findings::look(Ending ending, int& fresh) {
    any_ = false;
    fresh_ = 0;
    worst_ = "";
    if (const char* kind = kind_of(ending)) {
        Finding finding = {kind, words_of(ending), execution.ended_at(), 0, 0};
        if (ending == Ending::dead_lock || ending == Ending::lost_wakeup)
            for (int i = 0; i < execution.width(); ++i)
                if (execution.thread(i).state == State::at_operation)
                    finding.first += execution.thread(i).pending.pc;
        add(finding);
    }
    const auto& races = execution.history().races();
    for (std::size_t i = 0; i < races.size(); ++i) {
        const Race& race = races[i];
        const std::uintptr_t a = race.before.pc, b = race.after.pc;
        if (race.freed)
            add({"heap-use-after-free", "a block is used after it was freed", b, 0, i});
        else
            add({"data-race", "", a < b ? a : b, a < b ? b : a, i});
    }
    const auto& misuses = execution.misuses();
    for (std::size_t i = 0; i < misuses.size(); ++i)
        add({misuses[i].kind, misuses[i].what, misuses[i].pc, 0, i});
    if (ending == Ending::finished)
        for (ThreadSet left = execution.joinable(); left != 0; left &= left - 1)
            add({"thread-leak", "a thread is neither joined nor detached",
                 execution.thread(first_of(left)).created_at, 0,
                 static_cast<std::size_t>(first_of(left))});
    look_for_lock_cycles();
    fresh = fresh_;
    return any_;
}

namespace {

const Held* gate_of(const LockEdge& edge, std::uintptr_t lock) {
    for (int i = 0; i < edge.gate_count; ++i)
        if (edge.gates[i].lock == lock) return &edge.gates[i];
    return nullptr;
}

bool have_the_same_gates(const LockEdge& one, const LockEdge& other) {
    if (one.gate_count != other.gate_count) return false;
    for (int i = 0; i < one.gate_count; ++i) {
        const Held* gate = gate_of(other, one.gates[i].lock);
        if (gate == nullptr || gate->shared != one.gates[i].shared) return false;
    }
    return true;
}

}  // namespace

bool are_in_conflict(const LockEdge& one, const LockEdge& other) {
    if (one.outer != other.inner || one.inner != other.outer || one.thread == other.thread)
        return false;
    for (int i = 0; i < one.gate_count; ++i) {
        const Held* gate = gate_of(other, one.gates[i].lock);
        if (gate != nullptr && !(gate->shared && one.gates[i].shared)) return false;
    }
    return true;
}

/// Two locks that are taken in both orders, by different threads, in whatever executions.
void Findings::look_for_lock_cycles() {
    const auto& seen = execution.lock_edges();
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const LockEdge& edge = seen[i];
        bool known = false;
        for (int j = 0; j < edge_count_ && !known; ++j)
            known = edges_[j].outer == edge.outer && edges_[j].inner == edge.inner &&
                    edges_[j].thread == edge.thread && have_the_same_gates(edges_[j], edge);
        // Not by assignment, which would call memcpy, and that is watched.
        if (!known && edge_count_ < most_edges)
            copy_bytes(&edges_[edge_count_++], &edge, sizeof edge);
        for (int j = 0; j < edge_count_; ++j) {
            const LockEdge& other = edges_[j];
            if (!are_in_conflict(edge, other)) continue;
            const bool in_order = other.inner_pc < edge.inner_pc;
            add({"lock-order-inversion", "two locks are taken in both orders",
                 in_order ? other.inner_pc : edge.inner_pc,
                 in_order ? edge.inner_pc : other.inner_pc, i});
        }
    }
}

}  // namespace racepair::explorer
