// Its threads: how they begin, wait for each other, learn of each other and end.

#include <cxxabi.h>

#include "execution.hpp"
#include "kernel.hpp"

namespace racepair::explorer {

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
    me.has_learned = true;
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

void Execution::acquire(const HappensBefore& released) {
    self().now.join(released, width_);
    self().has_learned = true;
}

void Execution::release(HappensBefore& into) {
    Thread& me = self();
    into.join(me.now, width_);
    ++me.now.at[current_];
}

}  // namespace racepair::explorer
