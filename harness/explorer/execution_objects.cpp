// Its locks, queues, semaphores and gates.

#include "execution.hpp"
#include "value.hpp"

namespace racepair::explorer {
namespace {

bool may_let_others_go(Kind kind) {
    return kind == Kind::unlock || kind == Kind::unlock_shared || kind == Kind::give ||
           kind == Kind::notify;
}

}  // namespace

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

void Execution::note_lock(std::uintptr_t lock, std::uintptr_t pc, bool waited, bool shared) {
    int& count = held_count_[current_];
    Held* held = held_[current_];
    for (int i = 0; i < count; ++i)
        if (held[i].lock == lock) {
            ++held[i].times;
            return;
        }
    for (int i = 0; waited && i < count && !lock_edges_.is_full(); ++i) {
        LockEdge& edge = lock_edges_.add();
        edge.outer = held[i].lock;
        edge.outer_pc = held[i].pc;
        edge.inner = lock;
        edge.inner_pc = pc;
        edge.thread = current_;
        edge.gate_count = edge.depth = 0;
        for (int j = 0; j < count && edge.gate_count < LockEdge::most_gates; ++j)
            if (j != i) edge.gates[edge.gate_count++] = held[j];
        const Thread& me = self();
        for (int call = (me.depth < Thread::deepest ? me.depth : Thread::deepest) - 1;
             call >= 0 && edge.depth < LockEdge::most_calls; --call)
            edge.calls[edge.depth++] = me.calls[call];
    }
    if (count == most_held) return note_limit("a thread that holds more than 32 locks at once");
    held_[current_][count++] = {lock, pc, shared};
}

int Execution::locks_held(std::uintptr_t* locks, int most) const {
    int count = 0;
    for (; count < held_count_[current_] && count < most; ++count)
        locks[count] = held_[current_][count].lock;
    return count;
}

int Execution::times_held(std::uintptr_t lock) const {
    for (int i = 0; i < held_count_[current_]; ++i)
        if (held_[current_][i].lock == lock) return held_[current_][i].times;
    return 0;
}

void Execution::note_unlock(std::uintptr_t lock) {
    int& count = held_count_[current_];
    for (int i = count - 1; i >= 0; --i)
        if (held_[current_][i].lock == lock) {
            if (--held_[current_][i].times > 0) return;
            for (int j = i + 1; j < count; ++j) held_[current_][j - 1] = held_[current_][j];
            --count;
            return;
        }
}

}  // namespace racepair::explorer
