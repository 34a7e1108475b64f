#include "execution.hpp"

#include <cxxabi.h>
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
namespace {

constexpr std::size_t table_size = std::size_t{1} << 14;
constexpr std::uint8_t no_number = 0xff;
constexpr int most_rounds_at_rest = 200;
// A loop that goes round so often and changes nothing waits for somebody.
constexpr int rounds_of_waiting = 64;
// A thread that does so much that nobody notices waits for something, in a loop.
constexpr std::uint32_t waits_perhaps = 20'000;
constexpr std::uint32_t most_unseen = 50'000'000;

template <class Unsigned>
Unsigned load(std::uintptr_t address) {
    struct [[gnu::packed, gnu::may_alias]] Anywhere {
        Unsigned value;
    };
    return reinterpret_cast<const Anywhere*>(address)->value;
}

/// The first eight bytes of what is there.
std::uint64_t value_at(std::uintptr_t address, std::uint32_t size) {
    switch (size) {
        case 1: return load<std::uint8_t>(address);
        case 2: return load<std::uint16_t>(address);
        case 4: return load<std::uint32_t>(address);
        case 8: return load<std::uint64_t>(address);
        default: break;
    }
    std::uint64_t value = 0;
    copy_bytes(&value, reinterpret_cast<const void*>(address), size < 8 ? size : 8);
    return value;
}

bool may_let_others_go(Kind kind) {
    return kind == Kind::unlock || kind == Kind::unlock_shared || kind == Kind::give ||
           kind == Kind::notify;
}

}  // namespace

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

// --- Threads -----------------------------------------------------------------------------------

Thread& Execution::start(int number, int parent) {
    Thread& thread = threads_[number];
    thread.number = number;
    thread.parent = parent;
    thread.children = 0;
    thread.state = State::ready;
    thread.waiting = Waiting::for_nothing;
    thread.waits_for = -1;
    thread.waits_on = thread.blocked_at = thread.created_at = 0;
    thread.pending = Operation{};
    thread.operations = thread.stood_at = 0;
    thread.has_learned = false;
    thread.has_read_relaxed = thread.has_fenced = false;
    thread.events = 0;
    thread.last_event = -1;
    thread.watch.begin(0);
    thread.watched = 0;
    thread.awaits = 0;
    thread.time_ns = 0;
    thread.result = nullptr;
    thread.joiners = 0;
    thread.depth = 0;
    thread.farewell_count = 0;
    held_count_[number] = 0;
    alive_ |= only(number);
    ready_ |= only(number);
    ++unfinished_;
    return thread;
}

void Execution::enter(int number) {
    Thread& thread = execution.threads_[number];
    // Exceptions that an abandoned thread left half-way are nobody's business here.
    auto* exceptions = reinterpret_cast<char*>(abi::__cxa_get_globals());
    fill_bytes(exceptions, 0, sizeof(void*) + sizeof(unsigned));
    void* result = nullptr;
    if (number == 0)
        execution.root_();
    else
        result = thread.start(thread.argument);
    execution.finish_thread(result);
}

int Execution::number_of_child(int parent, int ordinal) {
    if (ordinal >= most_children) end(Ending::too_large);
    std::uint8_t& number = numbers_[parent][ordinal];
    if (number == no_number) {
        if (width_ == most_threads) end(Ending::too_large);
        number = static_cast<std::uint8_t>(width_++);
        if (width_ > widest_) widest_ = width_;
        history_.widen(widest_);
    }
    if (!carrier.is_lent(number)) {
        has_grown_ = true;  // again, with more threads ready
        end(Ending::cut);
    }
    return number;
}

int Execution::create_thread(void* (*function)(void*), void* argument, std::uintptr_t pc,
                             bool detached) {
    settle();
    Thread& me = self();
    const int number = number_of_child(current_, me.children++);
    Thread& child = start(number, current_);
    child.start = function;
    child.argument = argument;
    child.created_at = pc;
    if (!detached) joinable_ |= only(number);
    child.now.copy(me.now, widest_);
    child.now.at[number] = 1;
    ++me.now.at[current_];
    if (strategy_->needs_dependence()) child.dependence.copy(me.dependence, widest_);
    child.time_ns = me.time_ns;
    is_alone_ = false;
    note_change();
    carrier.prepare(number, &Execution::enter);
    if (listener_ != nullptr) listener_->created(current_, number, pc);
    return number;
}

void Execution::join(int number, std::uintptr_t pc) {
    Thread& target = threads_[number];
    while (target.state != State::finished) {
        target.joiners |= only(current_);
        block(Waiting::for_thread, 0, number, pc);
    }
    Thread& me = self();
    // Whoever was created here and met nobody knows nothing else that is new.
    if (target.parent == current_ && !target.has_learned)
        me.now.at[number] = target.now.at[number];
    else
        acquire(target.now);
    if (strategy_->needs_dependence()) me.dependence.join(target.dependence, width_);
    if (me.time_ns < target.time_ns) me.time_ns = target.time_ns;
    joinable_ &= ~only(number);
    if (unfinished_ == 1) see_whether_alone();
}

void Execution::finish_thread(void* result) {
    Thread& me = self();
    me.result = result;
    while (me.farewell_count > 0) {
        const Farewell farewell = me.farewells[--me.farewell_count];
        farewell.function(farewell.argument);
    }
    settle();
    me.state = State::finished;
    --unfinished_;
    ready_ &= ~only(current_);
    note_change();
    unblock(me.joiners);
    me.joiners = 0;
    dispatch();
    fail_internally("a thread went on after its end");
}

void Execution::block(Waiting waiting, std::uintptr_t on, int number, std::uintptr_t pc) {
    settle();
    Thread& me = self();
    me.state = State::blocked;
    me.waiting = waiting;
    me.waits_on = on;
    me.waits_for = number;
    me.blocked_at = pc;
    ready_ &= ~only(current_);
    dispatch();
    me.waiting = Waiting::for_nothing;
}

void Execution::unblock(ThreadSet threads) {
    for (; threads != 0; threads &= threads - 1) {
        Thread& other = threads_[first_of(threads)];
        if (other.state != State::blocked) continue;
        other.state = State::ready;
        ready_ |= only(other.number);
        // It goes on because of this thread.
        if (strategy_->needs_dependence()) other.dependence.join(self().dependence, width_);
    }
}

int Execution::find_thread(pthread_t handle) {
    // Threads are mostly joined in the order in which they were created.
    const ThreadSet later = alive_ & ~((only(last_found_) << 1) - 1);
    const ThreadSet in_order[] = {later, alive_ & ~later};
    for (ThreadSet left : in_order)
        for (; left != 0; left &= left - 1)
            if (pthread_equal(carrier.handle(first_of(left)), handle) != 0)
                return last_found_ = first_of(left);
    return -1;
}

// --- Who goes on -------------------------------------------------------------------------------

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
        if (strategy_->needs_dependence()) thread.dependence.copy(event.after, width_);
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
    event.before.copy(thread.dependence, width_);
    event.after.copy(thread.dependence, width_);
    event.after.at[thread.number] = event.index;
    for (long i = place - 1; i >= 0; --i) {
        const Event& earlier = trace_[i];
        if (event.after.knows(earlier.thread, earlier.index)) continue;
        if (conflict(earlier.step, event.step)) event.after.join(earlier.after, width_);
    }
    thread.dependence.copy(event.after, width_);
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

int Execution::switches() const {
    int count = 0, last = -1;
    for (std::size_t i = 0; i < trace_.size(); ++i) {
        if (!trace_[i].step.is_seen) continue;
        count += last >= 0 && trace_[i].thread != last ? 1 : 0;
        last = trace_[i].thread;
    }
    return count;
}

// --- Loops that change nothing -----------------------------------------------------------------

/// Memory of another thread's stack is accessed: from now on, that one's accesses are remembered.
inline void Execution::visit(std::uintptr_t address, std::uint32_t size) {
    if (visits.add(address, size)) has_grown_ = true;
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
            return watch.last(i).value == value_at(address, watch.last(i).size);
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
        } else if (value_at(read.address, read.size) != read.value) {
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

// --- Steps -------------------------------------------------------------------------------------

void Execution::tell_written_value() {
    if (written_ < 0) return;
    const int event = written_;
    written_ = -1;
    const Operation& step = trace_[event].step;
    const std::uint64_t value = value_at(step.address, step.size);
    trace_[event].changed = value != overwritten_;
    if (listener_ != nullptr) listener_->wrote(event, value);
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

/// Is all that other threads have done known to this one, and nobody else there to do more? Then
/// there is nothing to be decided, and nothing to race with.
void Execution::see_whether_alone() {
    is_alone_ = unfinished_ == 1;
    const Thread& me = self();
    // The last one first: it is mostly the last one to be joined.
    for (ThreadSet left = alive_ & ~only(current_); is_alone_ && left != 0;) {
        const int other = last_of(left);
        left &= ~only(other);
        is_alone_ = me.now.knows(other, threads_[other].now.at[other]);
    }
}

bool Execution::counts(std::uintptr_t pc) {
    Thread& me = self();
    ++me.operations;
    if (me.operations - me.stood_at > most_unseen) end(Ending::too_long, pc);
    if (probed_ >= 0) return false;  // this execution is of no use but to end the loop
    return stops_ != nullptr && stops_->here(current_, me.operations, pc);
}

void Execution::access(std::uintptr_t address, std::uint32_t size, bool write, std::uintptr_t pc) {
    if (written_ >= 0) tell_written_value();
    if (size == 0) return;
    const bool told_to = counts(pc);
    const std::uint32_t unseen = self_->operations - self_->stood_at;
    // Nothing to be decided, nobody to race with.
    if (!told_to && unseen < waits_perhaps &&
        (is_alone_ || (carrier.is_on_stack(current_, address) && !visits.any(address, size)))) {
        if (heap.is_freed_at(address)) note_freed(address, size, write, pc);
        return;
    }
    access_watched(address, size, write, pc, told_to);
}

void Execution::access_watched(std::uintptr_t address, std::uint32_t size, bool write,
                               std::uintptr_t pc, bool told_to) {
    if (carrier.is_on_a_stack(address)) {
        // A thread that does nothing but read waits for somebody, who will have to visit it.
        const bool waits = !write && self().operations - self().stood_at == waits_perhaps;
        if (waits || !carrier.is_on_stack(current_, address)) visit(address, size);
    }
    bool shared = history_.is_shared(address, size);
    if (!shared && !write && self().operations - self().stood_at == waits_perhaps) {
        history_.share(address, size);
        shared = true;
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
    const Access access = {.pc = pc,
                           .tick = me.now.at[current_],
                           .thread = static_cast<std::uint8_t>(current_),
                           .write = write};
    history_.access(address, size, access, me.now);
    if (listener_ != nullptr) listener_->accessed(address, size, access);
    if (!write)
        me.watch.add({address, key, value_at(address, size), size});
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
    const Access access = {.pc = pc,
                           .tick = me.now.at[current_],
                           .thread = static_cast<std::uint8_t>(current_),
                           .write = wrote,
                           .atomic = true};
    if (carrier.is_on_a_stack(address) && !carrier.is_on_stack(current_, address))
        visit(address, size);
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
        me.watch.add({address, key_of(pc), value_at(address, size), size});
    if (me.last_event >= 0 && trace_[me.last_event].operation == me.operations)
        trace_[me.last_event].changed = changed;
    if (listener_ == nullptr) return;
    if (me.last_event >= 0 && trace_[me.last_event].operation == me.operations)
        listener_->stepped(me.last_event, size <= 8, value);
    for (std::size_t i = races; i < history_.races().size(); ++i)
        listener_->raced(history_.races()[i]);
}

void Execution::fence(int order) {
    Thread& me = self();
    if (order != __ATOMIC_RELEASE && order != __ATOMIC_RELAXED && me.has_read_relaxed)
        acquire(me.read_relaxed);
    if (order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST) {
        me.fenced.copy(me.now, width_);
        me.has_fenced = true;
        ++me.now.at[current_];
    }
}

// --- Objects -----------------------------------------------------------------------------------

Execution::Place& Execution::place_of(std::uintptr_t address) {
    std::size_t at = (address * 0x9E3779B97F4A7C15ull) >> 50;
    while (places_[at].address != address) {
        if (places_[at].address == 0) {
            if (used_places_.is_full()) fail_internally("too many locks and queues");
            places_[at].address = address;
            used_places_.add() = static_cast<std::uint32_t>(at);
            break;
        }
        at = (at + 1) & (table_size - 1);
    }
    Place& place = places_[at];
    if (place.generation != generation_) {
        place.generation = generation_;
        Object& object = place.object;
        object.state.owner = -1;
        object.state.sharers = object.state.waiting = 0;
        object.state.count = object.initial_count = 0;
        object.state.tokens = 0;
        object.released.clear(widest_);
        object.released_shared.clear(widest_);
        object.used.clear(widest_);
        object.is_done = false;
        object.depth = 0;
        object.version = 0;
        object.arrived = 0;
        object.arrivals = 0;
    }
    return place;
}

Object& Execution::object_at(std::uintptr_t address) { return place_of(address).object; }

bool Execution::is_competed_for(std::uintptr_t address, bool is_queue) {
    Place& place = place_of(address);
    const Thread& me = self();
    // Whoever leaves a queue depends on whoever notified it, even where a lock keeps them in order.
    for (int other = 0; other < width_ && !place.shared; ++other)
        if (other != current_ && place.object.used.at[other] > (is_queue ? 0 : me.now.at[other]))
            place.shared = has_grown_ = true;
    return place.shared;
}

bool Execution::stand(const Operation& operation) {
    if (written_ >= 0) tell_written_value();
    const bool told_to = counts(operation.pc);
    bool steps = is_competed_for(operation.address, operation.is_on_queue());
    if (operation.kind == Kind::enqueue) steps |= is_competed_for(operation.second);
    if (operation.kind == Kind::enqueue_if) steps |= history_.is_shared(operation.second, 4);
    steps = steps && !is_alone_;
    steps |= !object_at(operation.address).state.allows(current_, operation);
    // A wait ends because of others, or has to be told to end.
    if (operation.kind == Kind::dequeue || operation.kind == Kind::timed_dequeue) steps = true;
    if (probed_ >= 0 && operation.kind == Kind::dequeue) end_probe(false);
    if (probed_ >= 0) {
        // In a loop that others keep from going on there is no way to tell.
        if (!object_at(operation.address).state.allows(current_, operation)) end_probe(true);
        steps = false;
    }
    if (!steps && !told_to) return false;
    Operation told = operation;
    told.is_seen = steps;
    step(told);
    return true;
}

Object& Execution::take(const Operation& operation, bool stood, bool equal) {
    Thread& me = self();
    Object& object = object_at(operation.address);
    if (object.state.refuses(operation)) watch_object(operation.address, operation.pc);
    object.state.apply(current_, operation, operation.address, equal);
    if (may_let_others_go(operation.kind)) ++object.version;
    object.used.at[current_] = me.now.at[current_];
    if (operation.kind == Kind::enqueue) {
        Object& mutex = object_at(operation.second);
        mutex.state.apply(current_, operation, operation.second);
        ++mutex.version;
        mutex.used.at[current_] = me.now.at[current_];
    }
    if (operation.kind == Kind::notify || operation.kind == Kind::give ||
        operation.kind == Kind::take)
        note_change();
    if (stood) trace_[me.last_event].equal = equal;
    if (stood && listener_ != nullptr) listener_->stepped(me.last_event, false, 0);
    return object;
}

Object& Execution::use(const Operation& operation, int expected) {
    const bool stood = stand(operation);
    const bool equal = operation.kind != Kind::enqueue_if ||
                       value_at(operation.second, 4) == static_cast<std::uint32_t>(expected);
    return take(operation, stood, equal);
}

bool Execution::wait_notified(std::uintptr_t queue, std::uintptr_t pc) {
    // Its time may be up at once; but then not again, until there is something new.
    const std::uintptr_t loop = key_of(pc);
    Watch& watch = self().watch;
    if (!is_probed(loop) && watch.yielded_at == loop && watch.pure && !watch.lost) {
        watch_object(queue, pc);
        stutter(loop, watch.count);
    }
    const Operation operation = {.kind = Kind::timed_dequeue, .address = queue, .pc = pc};
    const bool stood = stand(operation);
    const bool notified = object_at(queue).state.is_notified(current_);
    take(operation, stood, true);
    if (probed_ < 0) self().watch.begin(loop);
    return notified;
}

bool Execution::try_to_take(std::uintptr_t semaphore, std::uintptr_t pc) {
    const Operation operation = {.kind = Kind::try_take, .address = semaphore, .pc = pc};
    const bool stood = stand(operation);
    const bool taken = object_at(semaphore).state.count > 0;
    take(operation, stood, true);
    return taken;
}

void Execution::note_freed(std::uintptr_t address, std::uint32_t size, bool write,
                           std::uintptr_t pc) {
    // Had it come first, there would have been something to free after it.
    history_.share(address, size);
    const Thread& me = self();
    const Access access = {.pc = pc,
                           .tick = me.now.at[current_],
                           .thread = static_cast<std::uint8_t>(current_),
                           .write = write};
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
    const Access access = {.pc = pc,
                           .tick = me.now.at[current_],
                           .thread = static_cast<std::uint8_t>(current_),
                           .write = true};
    history_.give_back(address, watched, access, me.now);
    if (shared) note_change();
    if (listener_ == nullptr) return;
    listener_->accessed(address, watched, access);
    if (shared) listener_->stepped(me.last_event, false, 0);
    for (std::size_t i = races; i < history_.races().size(); ++i)
        listener_->raced(history_.races()[i]);
}

void Execution::arrive(std::uintptr_t gate) {
    Object& object = object_at(gate);
    const Thread& me = self();
    const int place =
        object.arrivals < Object::most_arrivals ? object.arrivals : Object::most_arrivals - 1;
    Dependence& learned = object.arrival[place];
    if (object.arrivals == 0)
        learned.clear(widest_);
    else if (object.arrivals < Object::most_arrivals)
        learned.copy(object.arrival[place - 1], widest_);
    learned.join(me.dependence, width_);
    ++object.arrivals;
    note_change();
    unblock(object.arrived);
    object.arrived = 0;
}

void Execution::await(std::uintptr_t gate, int arrivals, std::uintptr_t pc) {
    for (;;) {
        Object& object = object_at(gate);
        if (object.arrivals >= arrivals) {
            if (arrivals <= 0) return;
            const int place = arrivals < Object::most_arrivals ? arrivals : Object::most_arrivals;
            self().dependence.join(object.arrival[place - 1], width_);
            return;
        }
        object.arrived |= only(current_);
        block(Waiting::for_order, gate, -1, pc);
    }
}

void Execution::acquire(const HappensBefore& released) {
    self().now.join(released, width_);
    self().has_learned = true;
}

void Execution::release(HappensBefore& into) {
    Thread& me = self();
    into.join(me.now, width_);
    ++me.now.at[current_];
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

void Execution::note_lock(std::uintptr_t lock, std::uintptr_t pc, bool waited) {
    int& count = held_count_[current_];
    for (int i = 0; waited && i < count; ++i)
        if (!lock_edges_.is_full())
            lock_edges_.add() = {held_[current_][i].lock, lock, held_[current_][i].pc, pc,
                                 current_};
    if (count < most_held) held_[current_][count++] = {lock, pc};
}

int Execution::locks_held(std::uintptr_t* locks, int most) const {
    int count = 0;
    for (; count < held_count_[current_] && count < most; ++count)
        locks[count] = held_[current_][count].lock;
    return count;
}

void Execution::note_unlock(std::uintptr_t lock) {
    int& count = held_count_[current_];
    for (int i = count - 1; i >= 0; --i)
        if (held_[current_][i].lock == lock) {
            for (int j = i + 1; j < count; ++j) held_[current_][j - 1] = held_[current_][j];
            --count;
            return;
        }
}

}  // namespace racepair::explorer
