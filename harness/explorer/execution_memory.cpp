// Its memory: which accesses are steps, what they leave behind, who is told.

#include "execution.hpp"
#include "heap.hpp"
#include "value.hpp"
#include "visits.hpp"

namespace racepair::explorer {
namespace {

// A thread that does so much that nobody notices waits for something, in a loop.
constexpr std::uint32_t waits_perhaps = 20'000;

}  // namespace

/// Memory of a stack is accessed by another thread than its owner, or the owner waits for that:
/// from now on, the owner's accesses are remembered.
inline void Execution::visit(std::uintptr_t address, std::uint32_t size, bool write) {
    if (visits.add(address, size)) has_grown_ = true;
    if (!write) return;
    Word& word = history_.word_at(address);
    if (word.is_overwritten) return;
    word.is_overwritten = has_grown_ = true;
}

/// An access by the running thread, now.
inline Access Execution::own_access(std::uintptr_t pc, bool write) const {
    return {.pc = pc,
            .tick = self_->now.at[current_],
            .thread = static_cast<std::uint8_t>(current_),
            .write = write};
}

void Execution::tell_written_value() {
    if (written_ < 0) return;
    const int event = written_;
    written_ = -1;
    const Operation& step = trace_[event].step;
    const std::uint64_t value = value_at(step.address, step.size);
    trace_[event].changed = value != overwritten_;
    if (listener_ != nullptr) listener_->wrote(event, value);
}

void Execution::access(std::uintptr_t address, std::uint32_t size, bool write, std::uintptr_t pc) {
    if (written_ >= 0) tell_written_value();
    if (size == 0) return;
    const bool told_to = counts(pc);
    if (!told_to && self_->operations - self_->stood_at < waits_perhaps) {
        // Nothing to be decided, nobody to race with.
        if (carrier.is_on_stack(current_, address) && !visits.any(address, size)) return;
        if (is_alone_) {
            if (heap.is_freed_at(address)) note_freed(address, size, write, pc);
            return;
        }
    }
    access_watched(address, size, write, pc, told_to);
}

void Execution::access_watched(std::uintptr_t address, std::uint32_t size, bool write,
                               std::uintptr_t pc, bool told_to) {
    // A thread that does nothing but read waits for somebody, who will have to write there.
    const bool waits = !write && self().operations - self().stood_at == waits_perhaps;
    if (carrier.is_on_a_stack(address) && (waits || !carrier.is_on_stack(current_, address)))
        visit(address, size, write);
    if (waits) history_.share(address, size);
    bool shared = history_.is_shared(address, size);
    if (!shared && !told_to && listener_ == nullptr && !heap.is_freed_at(address)) {
        // Nobody competes for it: no step, and nobody to be told.
        history_.access(address, size, own_access(pc, write), self().now);
        if (!write) watch_read(address, size, pc);
        return;
    }
    shared = shared && !is_alone_;
    const std::uintptr_t key = shared && !write ? key_of(pc) : pc;
    if (shared && !write && goes_on_looking(address, key)) shared = false;
    const bool seen = shared;
    shared |= told_to;
    if (shared) {
        step({.kind = write ? Kind::write : Kind::read,
              .is_seen = seen,
              .size = size,
              .address = address,
              .pc = pc});
    }
    if (heap.is_freed_at(address)) note_freed(address, size, write, pc);
    Thread& me = self();
    const std::size_t races = history_.races().size();
    const Access access = own_access(pc, write);
    history_.access(address, size, access, me.now);
    if (listener_ != nullptr) listener_->accessed(address, size, access);
    if (!write)
        watch_read(address, size, key);
    else if (seen)
        note_change();
    if (shared && write && size <= 8) {
        written_ = me.last_event;
        overwritten_ = value_at(address, size);
    }
    if (listener_ == nullptr) return;
    if (shared)
        listener_->stepped(me.last_event, !write && size <= 8, write ? 0 : value_at(address, size));
    for (std::size_t i = races; i < history_.races().size(); ++i)
        listener_->raced(history_.races()[i]);
}

void Execution::before_atomic(Kind kind, std::uintptr_t address, std::uint32_t size,
                              std::uintptr_t pc) {
    stand_before_atomic(kind, address, size, pc);
    if (heap.is_freed_at(address)) note_freed(address, size, kind != Kind::read, pc);
}

void Execution::stand_before_atomic(Kind kind, std::uintptr_t address, std::uint32_t size,
                                    std::uintptr_t pc) {
    if (written_ >= 0) tell_written_value();
    const bool told_to = counts(pc);
    bool shared = history_.is_shared(address, size);
    if (!shared && !told_to) {
        if (self().operations - self().stood_at < waits_perhaps) return;
        history_.share(address, size);
        shared = true;
    }
    shared = shared && !is_alone_;
    if (!shared && !told_to) return;
    // In a loop that writes the same each time, that is all it does.
    if (probed_ >= 0 && kind == Kind::write) return;
    if (kind != Kind::write && goes_on_looking(address, key_of(pc))) {
        if (!told_to) return;
        shared = false;
    }
    step({.kind = kind,
          .atomic = true,
          .is_seen = shared,
          .size = size,
          .address = address,
          .pc = pc});
}

void Execution::after_atomic(Kind kind, int order, std::uintptr_t address, std::uint32_t size,
                             std::uintptr_t pc, bool changed, bool wrote, std::uint64_t value) {
    Thread& me = self();
    const std::size_t races = history_.races().size();
    Access access = own_access(pc, wrote);
    access.atomic = true;
    if (carrier.is_on_a_stack(address) && !carrier.is_on_stack(current_, address))
        visit(address, size, wrote);
    history_.access(address, size, access, me.now);
    if (listener_ != nullptr) listener_->accessed(address, size, access);
    Word& word = history_.word_at(address);
    const bool acquires = order == __ATOMIC_ACQUIRE || order == __ATOMIC_CONSUME ||
                          order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
    const bool releases =
        order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
    if (kind != Kind::write && word.released != nullptr) {
        if (!acquires && !me.has_read_relaxed) {
            me.has_read_relaxed = true;
            me.read_relaxed.clear(widest_);
        }
        me.has_learned = true;
        history_.acquire(address, size, acquires ? me.now : me.read_relaxed);
    }
    if (wrote) {
        const HappensBefore* published = nullptr;
        if (releases)
            published = &me.now;
        else if (me.has_fenced)
            published = &me.fenced;
        history_.release(address, size, kind == Kind::update, published);
        if (releases) ++me.now.at[current_];
    }
    if (changed)
        note_change();
    else
        watch_read(address, size, key_of(pc));
    if (me.last_event >= 0 && trace_[me.last_event].operation == me.operations)
        trace_[me.last_event].changed = changed;
    if (listener_ == nullptr) return;
    listener_->used_atomic({.address = address,
                            .pc = pc,
                            .thread = current_,
                            .reads = kind != Kind::write,
                            .acquires = acquires,
                            .writes = wrote,
                            .releases = releases});
    if (me.last_event >= 0 && trace_[me.last_event].operation == me.operations)
        listener_->stepped(me.last_event, size <= 8, value);
    for (std::size_t i = races; i < history_.races().size(); ++i)
        listener_->raced(history_.races()[i]);
}

void Execution::fence(int order) {
    Thread& me = self();
    const bool acquires = order != __ATOMIC_RELEASE && order != __ATOMIC_RELAXED;
    const bool releases =
        order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
    if (acquires && me.has_read_relaxed) acquire(me.read_relaxed);
    if (releases) {
        me.fenced.copy(me.now, widest_);
        me.has_fenced = true;
        ++me.now.at[current_];
    }
    if (listener_ != nullptr) listener_->fenced(acquires, releases);
}

void Execution::note_freed(std::uintptr_t address, std::uint32_t size, bool write,
                           std::uintptr_t pc) {
    // Had it come first, there would have been something to free after it.
    history_.share(address, size);
    const Access access = own_access(pc, write);
    history_.note_freed(address, access);
    if (listener_ == nullptr) return;
    listener_->accessed(address, 1, access);
    listener_->raced(history_.races().last());
}

void Execution::free_block(std::uintptr_t address, std::size_t size, std::uintptr_t pc) {
    const bool told_to = counts(pc);
    if (size == 0 || (is_alone_ && !told_to)) return;
    constexpr std::size_t most = 1 << 16;  // of a large block, the beginning
    const auto watched = static_cast<std::uint32_t>(size < most ? size : most);
    const bool shared = history_.is_shared(address, watched) && !is_alone_;
    if (shared || told_to)
        step({.kind = Kind::write,
              .is_seen = shared,
              .size = watched,
              .address = address,
              .pc = pc});
    Thread& me = self();
    const std::size_t races = history_.races().size();
    const Access access = own_access(pc, true);
    history_.give_back(address, watched, access, me.now);
    if (shared) note_change();
    if (listener_ == nullptr) return;
    listener_->accessed(address, watched, access);
    if (shared) listener_->stepped(me.last_event, false, 0);
    for (std::size_t i = races; i < history_.races().size(); ++i)
        listener_->raced(history_.races()[i]);
}

}  // namespace racepair::explorer
