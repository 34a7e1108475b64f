#pragma once

#include <pthread.h>

#include <cstddef>
#include <cstdint>

#include "clock.hpp"

namespace racepair::explorer {

/// How threads of the program are run one at a time.
enum class Backend {
    fibers,  // one thread of the system runs them all, each on a stack and a thread control block
             // of its own: a switch is a few nanoseconds
    os_threads,  // each on a thread of the system; a switch wakes one and rests the other
};

/// Where threads run. Each slot has a stack at an address of its own, and a thread of the system
/// that lends it its thread control block, so that thread_local, errno and exceptions work as ever;
/// both backends use the same stack and the same block, so that a program sees the same addresses.
/// Outside of all slots there is the explorer's own thread, the *driver*.
class Carrier {
   public:
    static constexpr int driver = most_threads;

    /// Chooses the backend that is asked for, or os_threads where this processor or kernel lets
    /// nobody set the thread pointer.
    void open(Backend wanted);
    Backend backend() const { return backend_; }
    static bool can_run_fibers();

    /// Makes the first slots ready for use. Only the driver may: a thread that is created takes
    /// after its creator.
    void lend_slots(int count);
    bool is_lent(int slot) const { return slots_[slot].has_lender; }

    /// The next switch to `slot` calls `entry(slot)` on an empty stack, with thread_local variables
    /// as in a new thread. What ran there before is abandoned. `entry` must not return.
    void prepare(int slot, void (*entry)(int));

    /// Goes on in `slot` (or with the driver) and returns when somebody switches back to `from`.
    void switch_to(int from, int slot);

    /// The system's name for the thread that lends `slot` its control block.
    pthread_t handle(int slot) const { return slots_[slot].handle; }

    /// All stacks lie in these bytes.
    std::uintptr_t stacks_begin() const { return reinterpret_cast<std::uintptr_t>(stacks_); }
    std::size_t stacks_size() const { return stack_size * most_threads; }
    bool is_on_a_stack(std::uintptr_t address) const {
        return address - stacks_begin() < stacks_size();
    }
    bool is_on_stack(int slot, std::uintptr_t address) const {
        return address - stacks_begin() - static_cast<unsigned>(slot) * stack_size < stack_size;
    }

   private:
    static constexpr std::size_t stack_size = std::size_t{1} << 20;
    static constexpr std::size_t stagger = 17 * 64;
    char* top_of_stack(int slot) const {
        // Not all at the same distance, or they would compete for the same lines of the cache.
        return stacks_ + static_cast<std::size_t>(slot + 1) * stack_size -
               static_cast<std::size_t>(slot) * stagger;
    }
    static void* lend(void* self_and_slot);
    void start_lender(int slot);
    void rest(int slot);

    Backend backend_ = Backend::fibers;
    void (*entry_)(int) = nullptr;
    char* stacks_ = nullptr;
    struct Slot {
        void* stack_pointer = nullptr;
        void* thread_pointer = nullptr;
        pthread_t handle{};
        bool has_lender = false;
        bool is_fresh = false;
        int may_run = 0;
    } slots_[most_threads + 1];
};

extern Carrier carrier;

}  // namespace racepair::explorer
