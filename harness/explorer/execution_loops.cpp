// Loops that change nothing: found, left to rest until something changes, and let go.

#include "execution.hpp"
#include "library_spins.hpp"
#include "value.hpp"

namespace racepair::explorer {
namespace {

constexpr int most_rounds_at_rest = 200;
// A loop that goes round so often and changes nothing waits for somebody.
constexpr int rounds_of_waiting = 64;

}  // namespace

void Execution::watch_read(std::uintptr_t address, std::uint32_t size, std::uintptr_t key) {
    const Word& word = history_.word_at(address);
    // What nobody else writes to is nothing to wait for.
    if (word.shared == 0 && !word.is_overwritten && carrier.is_on_stack(current_, address)) return;
    self().watch.add({address, key, content_at(address, size), size});
}

void Execution::watch_object(std::uintptr_t address, std::uintptr_t key) {
    self().watch.add({address, key, object_at(address).version, 0});
}

/// Something changed that a loop may be waiting for.
void Execution::note_change() {
    if (probed_ >= 0) end_probe(false);
    Watch& watch = self().watch;
    watch.forget();
    watch.pure = false;
    rounds_at_rest_ = 0;
}

/// A code address alone does not say where in the program a library's function was called from.
std::uintptr_t Execution::key_of(std::uintptr_t pc) const {
    const Thread& me = threads_[current_];
    std::uintptr_t key = pc;
    const int depth = me.depth < Thread::deepest ? me.depth : Thread::deepest;
    for (int i = 1; i <= 5 && i <= depth; ++i)
        key = (key ^ me.calls[depth - i]) * 0x9E3779B97F4A7C15ull;
    return key;
}

bool Execution::is_in_library_spin() const {
    const Thread& me = threads_[current_];
    const int depth = me.depth < Thread::deepest ? me.depth : Thread::deepest;
    for (int i = 1; i <= 6 && i <= depth; ++i)
        if (library_spins.contain(me.calls[depth - i])) return true;
    return false;
}

/// Has the thread looked at the same places twice over, this one first, and found them unchanged?
/// How many they are; 0 for no.
int Execution::round_of(std::uintptr_t address, std::uintptr_t key) const {
    const Watch& watch = threads_[current_].watch;
    for (int period = 1; 2 * period <= watch.count && period <= 8; ++period) {
        const auto& first = watch.last(period - 1);
        if (first.address != address || first.key != key) continue;
        bool same = true;
        for (int i = 0; i < period && same; ++i) {
            const auto &now = watch.last(i), &before = watch.last(i + period);
            same =
                now.address == before.address && now.value == before.value && now.key == before.key;
        }
        if (same) return period;
    }
    return 0;
}

/// Has it read this since it last changed something or yielded, and is that still so?
bool Execution::has_seen(std::uintptr_t address, std::uintptr_t key) {
    const Watch& watch = self().watch;
    for (int i = 0; i < watch.count; ++i)
        if (watch.last(i).address == address && watch.last(i).key == key)
            return watch.last(i).value == content_at(address, watch.last(i).size);
    return false;
}

/// Is this read no step, because its thread looks at what it has just seen?
bool Execution::goes_on_looking(std::uintptr_t address, std::uintptr_t key) {
    if (probed_ >= 0) return probe_goes_on(address, key);
    const int last = self().last_event;
    if (last >= 0 && trace_[last].step.is_memory() && trace_[last].step.address == address &&
        has_seen(address, key) && is_in_library_spin())
        return true;
    if (const int period = round_of(address, key)) {
        spin_was_cut_ = true;
        stutter(key, period);
        return probed_ >= 0;
    }
    return false;
}

/// Does the loop ever end by itself? Found out once for each loop, by letting it run with nobody
/// else; the exploration starts again with that knowledge.
bool Execution::waits(std::uintptr_t loop) {
    for (std::size_t i = 0; i < loops_.size(); ++i)
        if (loops_[i].key == loop) return loops_[i].waits;
    if (probed_ >= 0 || loops_.is_full()) return true;
    probed_ = current_;
    probed_loop_ = loop;
    probed_rounds_ = 0;
    return false;
}

/// What a probed loop looks at again belongs to it, and begins a new round if it comes first.
bool Execution::probe_goes_on(std::uintptr_t address, std::uintptr_t key) {
    if (!has_seen(address, key)) end_probe(false);
    return is_probed(key);
}

/// Is a loop being probed? This one begins a new round of itself.
bool Execution::is_probed(std::uintptr_t loop) {
    if (probed_ < 0) return false;
    if (loop == probed_loop_ && ++probed_rounds_ == rounds_of_waiting) end_probe(true);
    return true;
}

void Execution::end_probe(bool waits) {
    loops_.add() = {probed_loop_, waits};
    has_grown_ = true;
    end(Ending::cut);
}

/// The running thread has gone round a loop and found the last `count` places that it looked at
/// unchanged. It goes on when one of them changes, or when all others rest.
void Execution::stutter(std::uintptr_t loop, int count) {
    if (!waits(loop)) return;
    Thread& me = self();
    AwaitedSets::Set set;
    for (int i = 0; i < count; ++i) {
        const auto& read = me.watch.last(i);
        if (read.size == 0)
            set.add({read.address, 0});
        else if (history_.is_shared(read.address, read.size))
            set.add({read.address, read.size});
    }
    me.awaits = awaited_sets.number_of(set);
    me.watched = count;
    me.state = State::stuttering;
    stuttering_ |= only(current_);
    ready_ &= ~only(current_);
    dispatch();
}

bool Execution::watch_changed(const Thread& thread) {
    for (int i = 0; i < thread.watched; ++i) {
        const auto& read = thread.watch.last(i);
        if (read.size == 0) {
            if (object_at(read.address).version != read.value) return true;
        } else if (content_at(read.address, read.size) != read.value) {
            // Nobody competes for it, but it is waited for: a place to switch after all.
            if (!history_.is_shared(read.address, read.size))
                history_.share(read.address, read.size);
            return true;
        }
    }
    return false;
}

void Execution::wake_stutterers() {
    for (ThreadSet left = stuttering_; left != 0; left &= left - 1) {
        Thread& thread = threads_[first_of(left)];
        if (!watch_changed(thread)) continue;
        thread.state = State::ready;
        stuttering_ &= ~only(thread.number);
        ready_ |= only(thread.number);
    }
}

/// Whoever waited in a loop takes a step before anything else depends on that.
void Execution::settle() {
    if (probed_ >= 0) end_probe(false);
    if (self().awaits != 0) step({.kind = Kind::none, .is_seen = false});
}

/// All others rest, so those who only waited for a change, or for their time to be up, go on.
bool Execution::release_resting() {
    if (rounds_at_rest_ >= most_rounds_at_rest) return false;
    bool released = false;
    const auto release_one = [&](Thread& thread) {
        // It goes on because of all that happened.
        for (ThreadSet all = alive_; all != 0 && strategy_->needs_dependence(); all &= all - 1)
            thread.dependence.join(threads_[first_of(all)].dependence, width_);
        thread.time_ns += 1'000'000LL << (rounds_at_rest_ < 40 ? rounds_at_rest_ : 40);
        released = true;
    };
    for (ThreadSet left = stuttering_; left != 0; left &= left - 1) {
        Thread& thread = threads_[first_of(left)];
        release_one(thread);
        thread.state = State::ready;
        ready_ |= only(thread.number);
    }
    stuttering_ = 0;
    if (released) ++rounds_at_rest_;
    return released;
}

void Execution::yield(std::uintptr_t pc) {
    if (is_in_library_spin()) return;
    Thread& me = self();
    const std::uintptr_t loop = key_of(pc);
    if (is_probed(loop)) return;
    if (me.watch.yielded_at == loop && me.watch.pure && !me.watch.lost && me.watch.count > 0)
        stutter(loop, me.watch.count);
    if (probed_ < 0) me.watch.begin(loop);
}

void Execution::pass_until(long long ns) {
    if (self().time_ns < ns) self().time_ns = ns;
}

void Execution::sleep(long long ns, std::uintptr_t pc) {
    self().time_ns += ns > 0 ? ns : 0;
    yield(pc);
}

Ending Execution::rest_is() {
    bool on_lock = false, in_queue = false;
    for (ThreadSet left = standing_; left != 0; left &= left - 1) {
        const Kind kind = threads_[first_of(left)].pending.kind;
        on_lock |= kind == Kind::lock || kind == Kind::lock_shared;
        in_queue |= kind == Kind::dequeue;
    }
    if (rounds_at_rest_ >= most_rounds_at_rest) return Ending::livelock;
    return in_queue && !on_lock ? Ending::lost_wakeup : Ending::dead_lock;
}

}  // namespace racepair::explorer
