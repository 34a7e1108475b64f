#include "witness.hpp"

#include "../subject/channel.hpp"
#include "../subject/report_hook.hpp"
#include "line_buffer.hpp"
#include "schedule.hpp"
#include "text.hpp"

namespace racepair::explorer {
namespace {

using subject::JsonLine;

/// Addresses are told relative to the program's file, one before the return address: the call.
void frame(JsonLine& line, std::uintptr_t pc) {
    line.begin_object().key("function").text("").key("file").text("").key("line").number(0);
    line.key("pc").address(reinterpret_cast<const void*>(relative(pc) - 1)).end_object();
}

void stack_of(JsonLine& line, const Thread& thread, std::uintptr_t pc) {
    line.begin_array();
    if (pc != 0) frame(line, pc);
    int depth = thread.depth < Thread::deepest ? thread.depth : Thread::deepest;
    for (int told = 0; depth > 0 && told < 24; ++told) frame(line, thread.calls[--depth]);
    line.end_array();
}

void stack_of(JsonLine& line, const LockEdge& edge) {
    line.begin_array();
    frame(line, edge.inner_pc);
    for (int i = 0; i < edge.depth; ++i) frame(line, edge.calls[i]);
    line.end_array();
}

JsonLine begin(const char* kind, const char* what, const char* variant, long trial) {
    JsonLine line = begin_record("report", variant);
    line.key("kind").text(kind).key("trial").number(trial).key("what").text(what);
    return line;
}

bool same(const Access& a, const Access& b) {
    return a.thread == b.thread && a.tick == b.tick && a.pc == b.pc && a.write == b.write;
}

}  // namespace

void Witness::take(const Finding& finding) {
    if (same(finding.kind, "data-race") || same(finding.kind, "heap-use-after-free"))
        expect(execution.history().races()[finding.number]);
    else
        tell(finding);
}

void Witness::expect(const Race& race) {
    if (count_ < most) expected_[count_++].race = race;
}

void Witness::keep(Side& side, std::uintptr_t address, std::uint32_t size, std::uintptr_t pc) {
    side.address = address;
    side.size = size;
    side.in_object = subject::lies_in_object(reinterpret_cast<const void*>(address));
    const Thread& me = execution.self();
    side.depth = 0;
    side.calls[side.depth++] = pc;
    for (int i = (me.depth < Thread::deepest ? me.depth : Thread::deepest) - 1;
         i >= 0 && side.depth < most_calls; --i)
        side.calls[side.depth++] = me.calls[i];
}

void Witness::accessed(std::uintptr_t address, std::uint32_t size, const Access& access) {
    ++now_;
    for (int i = 0; i < count_; ++i) {
        Expected& expected = expected_[i];
        const std::uintptr_t word = expected.race.word;
        if (address >= word + 8 || word >= address + size) continue;
        if (same(expected.race.before, access)) {
            keep(expected.before, address, size, access.pc);
            expected.made_at = now_;
        }
        if (same(expected.race.after, access)) keep(expected.after, address, size, access.pc);
    }
}

void Witness::used_atomic(const AtomicUse& use) {
    uses_[use_count_++ % most_uses] = {use, ++now_, fenced_at_[use.thread]};
}

void Witness::fenced(bool acquires, bool releases) {
    ++now_;
    const int me = execution.self().number;
    if (releases) fenced_at_[me] = now_;
    for (long use = 0; acquires && use < use_count_ && use < most_uses; ++use)
        if (uses_[use].atomic.thread == me) uses_[use].atomic.acquires = true;
}

Witness::Handover Witness::handover(const Expected& expected) const {
    if (expected.made_at < 0) return {};
    const long oldest = use_count_ > most_uses ? use_count_ - most_uses : 0;
    const auto is_since = [&](long use) {
        return use >= oldest && uses_[use % most_uses].at > expected.made_at;
    };
    for (long later = use_count_ - 1; is_since(later); --later) {
        const AtomicUse& load = uses_[later % most_uses].atomic;
        if (load.thread != expected.race.after.thread || !load.reads) continue;
        // In schedules that are sequentially consistent, the last one stored is the one loaded.
        for (long earlier = later - 1; is_since(earlier); --earlier) {
            const Use& use = uses_[earlier % most_uses];
            const AtomicUse& store = use.atomic;
            if (store.address != load.address || !store.writes) continue;
            if (store.thread != expected.race.before.thread) break;
            const bool releases = store.releases || use.fenced_at > expected.made_at;
            if (releases && load.acquires) break;  // then something else is missing
            return {&store, &load,
                    releases        ? "the load does not acquire what the store releases: no order"
                    : load.acquires ? "the store does not release: no order"
                                    : "the store does not release and the load does not acquire: "
                                      "no order"};
        }
    }
    return {};
}

void Witness::raced(const Race& race) {
    for (int i = 0; i < count_; ++i) {
        Expected& expected = expected_[i];
        if (expected.told || !same(expected.race.before, race.before) ||
            !same(expected.race.after, race.after))
            continue;
        // The later access was not yet passed on when the race was found.
        if (expected.after.depth == 0) keep(expected.after, race.word, 8, race.after.pc);
        expected.told = true;
        ++told_;
        const Handover by = race.freed ? Handover{} : handover(expected);
        JsonLine line = begin(race.freed ? "heap-use-after-free" : "data-race",
                              race.freed ? "the block was freed before" : by.why, variant_, trial_);
        line.key("accesses").begin_array();
        const auto side = [&line](const Access& access, const Side& at) {
            line.begin_object().key("thread").number(access.thread);
            line.key("write").boolean(access.write).key("atomic").boolean(access.atomic);
            line.key("size").number(at.size);
            line.key("address").address(reinterpret_cast<const void*>(at.address));
            line.key("in_object").boolean(at.in_object).key("stack").begin_array();
            for (int depth = 0; depth < at.depth; ++depth) frame(line, at.calls[depth]);
            line.end_array().end_object();
        };
        side(race.after, expected.after);
        if (!race.freed || !same(race.before, race.after)) side(race.before, expected.before);
        line.end_array().key("stacks").begin_array().end_array();
        line.key("handover").begin_array();
        const AtomicUse* const uses[] = {by.store, by.load};
        for (const AtomicUse* use : uses) {
            if (use == nullptr) continue;
            line.begin_array();
            frame(line, use->pc);
            line.end_array();
        }
        line.end_array();
        line.key("locations").begin_array().end_array().key("threads").begin_array();
        const int both[] = {race.after.thread, race.before.thread};
        for (const int thread : both) {
            line.begin_object().key("thread").number(thread);
            line.key("parent").number(execution.thread(thread).parent).end_object();
        }
        subject::send(line.end_array().end());
    }
}

void Witness::tell(const Finding& finding) {
    JsonLine line = begin(finding.kind, finding.what, variant_, trial_);
    line.key("accesses").begin_array().end_array().key("stacks").begin_array();
    const bool is_misuse = finding.number < execution.misuses().size() &&
                           execution.misuses()[finding.number].pc == finding.first &&
                           execution.misuses()[finding.number].kind == finding.kind;
    if (is_misuse) {
        const Misuse& misuse = execution.misuses()[finding.number];
        line.begin_array();
        frame(line, misuse.pc);
        for (int i = 0; i < misuse.depth; ++i) frame(line, misuse.calls[i]);
        line.end_array();
    } else if (same(finding.kind, "lock-order-inversion") &&
               finding.number < execution.lock_edges().size()) {
        // The lock is taken in the library: who called it says which line of the case it was.
        const auto& edges = execution.lock_edges();
        const LockEdge& edge = edges[finding.number];
        stack_of(line, edge);
        for (std::size_t i = 0; i < edges.size(); ++i)
            if (are_in_conflict(edge, edges[i])) {
                stack_of(line, edges[i]);
                break;
            }
    } else if (finding.second != 0) {
        line.begin_array();
        frame(line, finding.first);
        line.end_array().begin_array();
        frame(line, finding.second);
        line.end_array();
    } else if (finding.first != 0 && finding.first == execution.ended_at()) {
        stack_of(line, execution.thread(execution.ended_by()), finding.first);
    } else {
        // Who waits, and where.
        for (int i = 0; i < execution.width(); ++i) {
            const Thread& thread = execution.thread(i);
            if (thread.state == State::at_operation)
                stack_of(line, thread, thread.pending.pc);
            else if (thread.state == State::blocked)
                stack_of(line, thread, thread.blocked_at);
            else if (thread.state == State::stuttering)
                stack_of(line, thread, 0);
        }
    }
    line.end_array().key("waits").begin_array();
    for (int i = 0; i < execution.width(); ++i) {
        const Thread& thread = execution.thread(i);
        const bool stands = thread.state == State::at_operation && thread.pending.can_block();
        if (!stands && thread.state != State::blocked) continue;
        line.begin_object().key("thread").number(i).key("for");
        int holder = -1;
        if (stands) {
            const Kind kind = thread.pending.kind;
            line.text(kind == Kind::dequeue ? "notification"
                      : kind == Kind::take  ? "semaphore"
                                            : "lock");
            if (kind == Kind::lock || kind == Kind::lock_shared)
                holder = execution.object_at(thread.pending.address).state.owner;
            line.key("object").address(reinterpret_cast<const void*>(thread.pending.address));
        } else {
            line.text(thread.waiting == Waiting::for_thread    ? "thread"
                      : thread.waiting == Waiting::for_barrier ? "barrier"
                                                               : "order");
            holder = thread.waits_for;
            line.key("object").address(reinterpret_cast<const void*>(thread.waits_on));
        }
        line.key("held_by").number(holder).end_object();
    }
    line.end_array().key("locations").begin_array().end_array();
    line.key("threads").begin_array().end_array();
    subject::send(line.end());
    ++told_;
}

}  // namespace racepair::explorer
