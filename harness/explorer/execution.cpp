#include "execution.hpp"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "globals.hpp"
#include "heap.hpp"
#include "kernel.hpp"
#include "library_spins.hpp"
#include "real.hpp"
#include "visits.hpp"

namespace racepair::explorer {

RACEPAIR_KEPT Execution execution;

void Execution::open(Backend backend) {
    carrier.open(backend);
    heap.open();
    visits.open(carrier.stacks_begin(), carrier.stacks_size());
    if (threads_ != nullptr) return;
    threads_ = static_cast<Thread*>(reserve(sizeof(Thread) * most_threads));
    places_ = static_cast<Place*>(reserve(sizeof(Place) * table_size));
    numbers_ = static_cast<std::uint8_t(*)[most_children]>(reserve(most_threads * most_children));
    used_places_.open(table_size / 2);
    trace_.open(longest_trace);
    misuses_.open(256);
    lock_edges_.open(1024);
    loops_.open(most_loops);
    history_.open();
}

void Execution::begin_exploration() {
    history_.begin_exploration();
    for (std::size_t i = 0; i < used_places_.size(); ++i) {
        Place& place = places_[used_places_[i]];  // the rest is made anew in each execution
        place.address = 0;
        place.generation = 0;
        place.shared = false;
    }
    used_places_.clear();
    awaited_sets.clear();
    visits.clear();
    library_spins.find();
    loops_.clear();
    fill_bytes(numbers_, no_number, most_threads * most_children);
    width_ = 1;
    prefix_ = 0;
}

Ending Execution::run(Strategy& strategy, void (*root)(), Listener* listener) {
    for (ThreadSet left = alive_; left != 0; left &= left - 1)
        threads_[first_of(left)].state = State::unused;
    alive_ = joinable_ = ready_ = standing_ = may_rest_ = stuttering_ = 0;
    unfinished_ = rounds_at_rest_ = last_chosen_ = 0;
    ending_ = Ending::finished;
    ended_at_ = 0;
    ended_by_ = 0;
    limit_ = nullptr;
    spin_was_cut_ = has_grown_ = false;
    written_ = -1;
    probed_ = -1;
    ++generation_;
    trace_.clear();
    misuses_.clear();
    lock_edges_.clear();
    history_.begin_execution(widest_);
    heap.begin_execution();
    globals.restore();
    strategy_ = &strategy;
    listener_ = listener;
    root_ = root;
    strategy.begin();

    carrier.lend_slots(2 * width_ < most_threads ? 2 * width_ : most_threads);
    Thread& first = start(0, -1);
    is_alone_ = true;
    first.now.clear(widest_);
    first.now.at[0] = 1;
    first.dependence.clear(widest_);
    carrier.prepare(0, &Execution::enter);
    exploring_ = true;
    current_ = 0;
    self_ = &threads_[0];
    carrier.switch_to(Carrier::driver, 0);
    exploring_ = false;
    current_ = Carrier::driver;
    return ending_;
}

void Execution::go_to(int number) {
    const int from = current_;
    if (number == from) return;
    current_ = number;
    self_ = &threads_[number];
    carrier.switch_to(from, number);
}

void Execution::dispatch() {
    tell_written_value();
    go_to(pick());
}

void Execution::end(Ending ending, std::uintptr_t pc) {
    ending_ = ending;
    ended_at_ = pc;
    ended_by_ = current_;
    exploring_ = false;
    tell_written_value();
    go_to(Carrier::driver);
    fail_internally("an execution went on after its end");
}

bool Execution::is_enabled(Thread& thread) {
    const Operation& step = thread.pending;
    return !step.can_block() || place_of(step.address).object.state.allows(thread.number, step);
}

ThreadSet Execution::enabled() {
    ThreadSet all = standing_ & ~may_rest_;
    for (ThreadSet left = standing_ & may_rest_; left != 0; left &= left - 1)
        if (is_enabled(threads_[first_of(left)])) all |= left & -left;
    return all;
}

int Execution::pick() {
    for (;;) {
        if (stuttering_ != 0) wake_stutterers();
        if (ready_ != 0) return first_of(ready_);
        const ThreadSet able = enabled();
        if (able == 0) {
            if (release_resting()) continue;
            const Thread& root = threads_[0];
            end(root.state == State::finished ? Ending::finished : rest_is());
        }
        if (static_cast<long>(trace_.size()) >= longest_) end(Ending::too_long);
        const Choice choice = {
            .depth = static_cast<int>(trace_.size()),
            .current = last_chosen_,
            .enabled = able,
            .standing = standing_,
            .step_of = [](int number) -> const Operation* {
                return &execution.threads_[number].pending;
            },
        };
        const int chosen = strategy_->choose(choice);
        if (chosen < 0) end(Ending::cut);
        if ((able & only(chosen)) == 0) end(Ending::unstable);
        Thread& next = threads_[chosen];
        last_chosen_ = chosen;
        record(next);
        next.state = State::ready;
        standing_ &= ~only(chosen);
        ready_ |= only(chosen);
        return chosen;
    }
}

void Execution::record(Thread& thread) {
    const auto place = static_cast<long>(trace_.size());
    Event& event = trace_.add();
    const bool known = place < prefix_;
    if (known && (event.thread != thread.number || !event.step.same_step(thread.pending)))
        end(Ending::unstable, thread.pending.pc);
    ++thread.events;
    const int previous = thread.last_event;
    thread.last_event = static_cast<int>(place);
    if (known) {
        if (strategy_->needs_dependence()) thread.dependence.copy(event.after, widest_);
        return;
    }
    event.step = thread.pending;
    event.thread = static_cast<std::uint8_t>(thread.number);
    event.index = thread.events;
    event.operation = thread.operations;
    event.previous = previous;
    event.equal = event.changed = true;
    event.initial_count = event.step.is_memory() || event.step.kind == Kind::none
                              ? 0
                              : place_of(event.step.address).object.initial_count;
    if (!strategy_->needs_dependence()) return;
    event.before.copy(thread.dependence, widest_);
    event.after.copy(thread.dependence, widest_);
    event.after.at[thread.number] = event.index;
    for (long i = place - 1; i >= 0; --i) {
        const Event& earlier = trace_[i];
        if (event.after.knows(earlier.thread, earlier.index)) continue;
        if (conflict(earlier.step, event.step)) event.after.join(earlier.after, width_);
    }
    thread.dependence.copy(event.after, widest_);
}

int Execution::switches() const {
    int count = 0, last = -1;
    for (std::size_t i = 0; i < trace_.size(); ++i) {
        if (!trace_[i].step.is_seen) continue;
        count += last >= 0 && trace_[i].thread != last ? 1 : 0;
        last = trace_[i].thread;
    }
    return count;
}

void Execution::step(const Operation& operation) {
    Thread& me = self();
    if (probed_ >= 0) end_probe(false);
    me.pending = operation;
    me.pending.awaits = me.awaits;
    me.awaits = 0;
    me.stood_at = me.operations;
    me.state = State::at_operation;
    ready_ &= ~only(current_);
    standing_ |= only(current_);
    if (operation.can_block() || operation.kind == Kind::timed_dequeue)
        may_rest_ |= only(current_);
    else
        may_rest_ &= ~only(current_);
    dispatch();
    if (stops_ != nullptr && stops_->traps(current_, self().operations))
        real::syscall(SYS_tgkill, getpid(), real::syscall(SYS_gettid), SIGTRAP);
}

void Execution::misuse(const char* kind, const char* what, std::uintptr_t pc,
                       std::uintptr_t address) {
    if (misuses_.is_full()) return;
    Misuse& misuse = misuses_.add();
    misuse.kind = kind;
    misuse.what = what;
    misuse.thread = current_;
    misuse.pc = pc;
    misuse.address = address;
    const Thread& me = self();
    misuse.depth = 0;
    for (int i = (me.depth < Thread::deepest ? me.depth : Thread::deepest) - 1;
         i >= 0 && misuse.depth < Misuse::most_calls; --i)
        misuse.calls[misuse.depth++] = me.calls[i];
}

void Execution::note_limit(const char* what) {
    if (limit_ == nullptr) limit_ = what;
}

}  // namespace racepair::explorer
