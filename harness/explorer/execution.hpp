#pragma once

#include <cstdint>

#include "carrier.hpp"
#include "history.hpp"
#include "object.hpp"
#include "strategy.hpp"
#include "thread.hpp"
#include "trace.hpp"

namespace racepair::explorer {

/// How an execution came to its end.
enum class Ending : std::uint8_t {
    finished,     // the trial returned, and all threads with it
    dead_lock,    // every thread waits for another one
    lost_wakeup,  // somebody waits for a notification that nobody is left to give
    livelock,     // all go round in loops and nothing changes
    aborted,      // abort(): a failed assertion, an exception that nobody caught
    crashed,      // a signal
    too_long,     // the limit of steps
    too_large,    // more threads, memory or objects than are watched
    unstable,     // the program did something else than before in the same schedule
    cut,          // the strategy had no use for it
};

/// Something that went wrong which is no race and no ending: where, and in words.
struct Misuse {
    const char* kind = "";
    const char* what = "";
    int thread = 0;
    std::uintptr_t pc = 0;
    std::uintptr_t address = 0;
    static constexpr int most_calls = 24;
    std::uintptr_t calls[most_calls] = {};  // innermost first
    int depth = 0;
};

/// A lock that a thread holds. `shared`: others may hold it at the same time.
struct Held {
    std::uintptr_t lock, pc;
    bool shared;
    int times = 1;  // more than once only where it is shared
};

/// A step of the lock-order graph: `inner` was taken while `outer` was held.
struct LockEdge {
    std::uintptr_t outer, inner;
    std::uintptr_t outer_pc, inner_pc;
    int thread;
    static constexpr int most_gates = 4;
    Held gates[most_gates] = {};  // other locks that were held
    int gate_count = 0;
    static constexpr int most_calls = 8;
    std::uintptr_t calls[most_calls] = {};  // to where `inner` is taken, innermost first
    int depth = 0;
};

/// Places where threads must stand: `here(thread, operation)` says whether this is one.
class Stops {
   public:
    virtual bool here(int thread, std::uint32_t operation, std::uintptr_t pc) const = 0;
    /// Is this operation, which the thread is about to take, the one to stop a debugger at?
    virtual bool traps(int thread, std::uint32_t operation) const = 0;

   protected:
    ~Stops() = default;
};

/// An access to an atomic, by the running thread.
struct AtomicUse {
    std::uintptr_t address = 0;
    std::uintptr_t pc = 0;
    int thread = 0;
    bool reads = false, acquires = false;  // with its own memory order
    bool writes = false, releases = false;
};

/// Told of each visible step when an execution is run in order to be shown.
class Listener {
   public:
    /// The step has been taken; of a read, the value is known.
    virtual void stepped(int event, bool has_value, std::uint64_t value) = 0;
    /// The value that a write left is known when its thread goes on.
    virtual void wrote(int event, std::uint64_t value) = 0;
    virtual void created(int parent, int child, std::uintptr_t pc) = 0;
    /// Memory is about to be accessed, visibly or not.
    virtual void accessed(std::uintptr_t address, std::uint32_t size, const Access& access) = 0;
    /// An atomic has been accessed, and what came of that for the order of threads.
    virtual void used_atomic(const AtomicUse& use) = 0;
    /// A fence: what the running thread has read from atomics is acquired after all, and what it
    /// will store in them releases all it did so far.
    virtual void fenced(bool acquires, bool releases) = 0;
    /// A race, as soon as it is known.
    virtual void raced(const Race& race) = 0;

   protected:
    ~Listener() = default;
};

/// One run of the program under a strategy: its threads, objects and memory, one thread at a time.
///
/// A thread runs until it stands before a visible step: an operation on an object or on memory that
/// threads compete for. When all stand (or wait, or are finished), the strategy says who takes its
/// step. All between two visible steps of a thread is run with the first of them.
class Execution {
   public:
    void open(Backend backend);

    /// Forgets what is shared and who is whose child.
    void begin_exploration();

    /// Runs `root` as thread 0 until all is over, deciding by `strategy`.
    Ending run(Strategy& strategy, void (*root)(), Listener* listener = nullptr);

    /// Is the caller a thread of the program under exploration, and not inside the explorer?
    bool is_exploring() const { return exploring_; }

    // --- Called by the running thread -----------------------------------------------------------

    Thread& self() { return *self_; }

    /// Stands before a visible step until it is this thread's turn.
    void step(const Operation& operation);
    /// Memory accessed by instrumented code.
    void access(std::uintptr_t address, std::uint32_t size, bool write, std::uintptr_t pc);
    /// An atomic is about to be accessed: stands before it if threads compete for it.
    void before_atomic(Kind kind, std::uintptr_t address, std::uint32_t size, std::uintptr_t pc);
    /// … and has been. `old_value` and `new_value` are what was there before and is now.
    void after_atomic(Kind kind, int order, std::uintptr_t address, std::uint32_t size,
                      std::uintptr_t pc, bool changed, bool wrote, std::uint64_t value);
    void fence(int order);

    /// The object at an address; `count` is its first count, if it is a semaphore.
    Object& object_at(std::uintptr_t address);
    /// Takes a step on an object: stands before it if threads compete for the object. Returns the
    /// object; its state has changed. `expected` is what a futex's word must hold.
    Object& use(const Operation& operation, int expected = 0);
    /// Waits in a queue until notified, or until its time is up, which it may be whenever nobody
    /// notified it. Returns whether somebody did.
    bool wait_notified(std::uintptr_t queue, std::uintptr_t pc);
    /// Takes from a semaphore if there is anything to take.
    bool try_to_take(std::uintptr_t semaphore, std::uintptr_t pc);
    /// An order that synchronises nothing (racepair::Order): nobody's choice, and no step.
    void arrive(std::uintptr_t gate);
    void await(std::uintptr_t gate, int arrivals, std::uintptr_t pc);
    void free_block(std::uintptr_t address, std::size_t size, std::uintptr_t pc);

    void acquire(const HappensBefore& released);
    void release(HappensBefore& into);

    int create_thread(void* (*start)(void*), void* argument, std::uintptr_t pc, bool detached);
    void join(int thread, std::uintptr_t pc);
    void detach(int thread) { joinable_ &= ~only(thread); }
    [[noreturn]] void finish_thread(void* result);
    void block(Waiting waiting, std::uintptr_t on, int thread, std::uintptr_t pc);
    void unblock(ThreadSet threads);
    /// The thread would let others go first.
    void yield(std::uintptr_t pc);
    void sleep(long long ns, std::uintptr_t pc);
    /// The running thread's clock is at least this far: a wait has timed out.
    void pass_until(long long ns);

    void misuse(const char* kind, const char* what, std::uintptr_t pc, std::uintptr_t address);
    /// The lock is held from here on. `waited`: whoever held it before would have been waited for.
    void note_lock(std::uintptr_t lock, std::uintptr_t pc, bool waited, bool shared = false);
    /// Lets go of it, once where it is held several times.
    void note_unlock(std::uintptr_t lock);
    /// How often the running thread holds the lock.
    int times_held(std::uintptr_t lock) const;
    /// The locks that the running thread holds, outermost first; returns how many.
    int locks_held(std::uintptr_t* locks, int most) const;
    [[noreturn]] void end(Ending ending, std::uintptr_t pc = 0);
    /// A blocking call that is not understood was made: nothing that follows is exhaustive.
    void note_limit(const char* what);

    // --- What is left when it is over
    // ----------------------------------------------------------------

    const Thread& thread(int number) const { return threads_[number]; }
    /// Threads that were created, and neither joined nor detached.
    ThreadSet joinable() const { return joinable_; }
    int width() const { return width_; }
    Trace& trace() { return trace_; }
    History& history() { return history_; }
    const Reserved<Misuse>& misuses() const { return misuses_; }
    const Reserved<LockEdge>& lock_edges() const { return lock_edges_; }
    const char* limit() const { return limit_; }
    std::uintptr_t ended_at() const { return ended_at_; }
    int ended_by() const { return ended_by_; }
    bool spin_was_cut() const { return spin_was_cut_; }
    /// More places to switch have become known: what was explored so far was too coarse.
    bool has_grown() const { return has_grown_ || history_.has_grown(); }
    long steps() const { return static_cast<long>(trace_.size()); }
    int switches() const;
    int find_thread(pthread_t handle);

    void set_longest(long steps) { longest_ = steps; }
    /// Threads stand before these of their operations, visible or not: where[i] of thread[i]. For
    /// schedules that come from elsewhere. nullptr: nowhere.
    void stop_at(const Stops* stops) { stops_ = stops; }

    /// The next execution takes these steps of the one before as they are.
    void keep_prefix(long steps) { prefix_ = steps; }
    /// Who took this step in the execution before, where the prefix is kept.
    int planned_thread(std::size_t depth) const {
        return static_cast<long>(depth) < prefix_ ? trace_.beyond(depth).thread : -1;
    }

   private:
    static void enter(int number);
    Thread& start(int number, int parent);
    /// Counts an operation; must the thread stand before it, whoever may notice it?
    bool counts(std::uintptr_t pc) {
        Thread& me = self();
        ++me.operations;
        if (me.operations - me.stood_at > most_unseen) end(Ending::too_long, pc);
        // Where a loop is probed, the execution is of no use but to end it.
        return stops_ != nullptr && probed_ < 0 && stops_->here(current_, me.operations, pc);
    }
    static constexpr std::uint32_t most_unseen = 50'000'000;
    void see_whether_alone();
    void access_watched(std::uintptr_t address, std::uint32_t size, bool write, std::uintptr_t pc,
                        bool told_to);
    void note_freed(std::uintptr_t address, std::uint32_t size, bool write, std::uintptr_t pc);
    void stand_before_atomic(Kind kind, std::uintptr_t address, std::uint32_t size,
                             std::uintptr_t pc);
    bool is_competed_for(std::uintptr_t address, bool is_queue = false);
    /// Stands before a step on an object until it is taken, unless nobody else can notice it.
    bool stand(const Operation& operation);
    Object& take(const Operation& operation, bool stood, bool equal);
    void dispatch();
    int pick();
    bool is_enabled(Thread& thread);
    ThreadSet enabled();
    void record(Thread& thread);
    void wake_stutterers();
    bool release_resting();
    bool watch_changed(const Thread& thread);
    void watch_read(std::uintptr_t address, std::uint32_t size, std::uintptr_t key);
    void watch_object(std::uintptr_t address, std::uintptr_t key);
    std::uintptr_t key_of(std::uintptr_t pc) const;
    bool is_in_library_spin() const;
    int round_of(std::uintptr_t address, std::uintptr_t key) const;
    bool goes_on_looking(std::uintptr_t address, std::uintptr_t key);
    bool has_seen(std::uintptr_t address, std::uintptr_t key);
    Access own_access(std::uintptr_t pc, bool write) const;
    void visit(std::uintptr_t address, std::uint32_t size, bool write);
    bool waits(std::uintptr_t loop);
    bool probe_goes_on(std::uintptr_t address, std::uintptr_t key);
    bool is_probed(std::uintptr_t loop);
    [[noreturn]] void end_probe(bool waits);
    void stutter(std::uintptr_t loop, int count);
    void settle();
    void note_change();
    Ending rest_is();
    void go_to(int number);
    void tell_written_value();
    int number_of_child(int parent, int ordinal);

    Thread* threads_ = nullptr;
    Thread* self_ = nullptr;  // the running one
    int current_ = Carrier::driver;
    int last_chosen_ = 0;
    bool exploring_ = false;
    ThreadSet alive_ = 0;     // all that were started
    ThreadSet joinable_ = 0;  // … and neither joined nor detached
    ThreadSet ready_ = 0;
    ThreadSet standing_ = 0;
    ThreadSet may_rest_ = 0;  // of those, who stand before a step that others must allow
    ThreadSet stuttering_ = 0;
    int width_ = 0;   // threads known in this exploration
    int widest_ = 1;  // … in all explorations so far
    int unfinished_ = 0;
    bool is_alone_ = true;
    int last_found_ = 0;
    int rounds_at_rest_ = 0;
    long prefix_ = 0;
    long longest_ = static_cast<long>(longest_trace);

    Strategy* strategy_ = nullptr;
    Listener* listener_ = nullptr;
    const Stops* stops_ = nullptr;
    void (*root_)() = nullptr;
    Trace trace_;
    History history_;
    Reserved<Misuse> misuses_;
    Reserved<LockEdge> lock_edges_;
    static constexpr int most_held = 32;
    Held held_[most_threads][most_held];
    int held_count_[most_threads] = {};

    struct Place {
        std::uintptr_t address = 0;
        unsigned generation = 0;
        bool shared = false;  // outlives executions
        Object object;
    };
    static constexpr std::size_t table_size = std::size_t{1} << 14;
    Place* places_ = nullptr;
    Reserved<std::uint32_t> used_places_;
    unsigned generation_ = 0;
    Place& place_of(std::uintptr_t address);

    // The n-th child of a thread has the same number in every execution.
    static constexpr int most_children = 256;
    static constexpr std::uint8_t no_number = 0xff;
    std::uint8_t (*numbers_)[most_children] = nullptr;

    Ending ending_ = Ending::finished;
    std::uintptr_t ended_at_ = 0;
    int ended_by_ = 0;
    const char* limit_ = nullptr;
    bool spin_was_cut_ = false;
    bool has_grown_ = false;
    int written_ = -1;  // an event whose value is not there yet
    std::uint64_t overwritten_ = 0;

    // Loops that go round and change nothing: do they wait, or do they end by themselves?
    struct Loop {
        std::uintptr_t key;
        bool waits;
    };
    static constexpr std::size_t most_loops = 256;
    Reserved<Loop> loops_;
    int probed_ = -1;  // the thread that is let go round and round to find out
    std::uintptr_t probed_loop_ = 0;
    int probed_rounds_ = 0;
};

extern Execution execution;

}  // namespace racepair::explorer
