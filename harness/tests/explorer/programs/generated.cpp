// A small program made from a number, for comparing one way to explore it with another: two or
// three threads of two to four operations each, on two plain variables, two atomics, two mutexes
// and a semaphore. RACEPAIR_GENERATED holds the number.

#include <pthread.h>
#include <semaphore.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <mutex>

#include "drive.hpp"

namespace explored_generated {

enum class Do {
    read_plain,
    write_plain,
    add_plain,
    load,
    store,
    add,
    exchange_if,
    fence,
    lock,
    unlock,
    try_lock,
    give,
    take,
    try_take,
    signal,
    wait_for_a_time,
    count,
};

struct Step {
    Do what = Do::load;
    int object = 0;
    int order = 0;
};

constexpr int most_threads = 3, most_steps = 4;

class Numbers {
   public:
    explicit Numbers(std::uint64_t seed) : state_(seed * 2654435761u + 1) {}
    int below(int bound) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<int>((state_ >> 33) % static_cast<std::uint64_t>(bound));
    }

   private:
    std::uint64_t state_;
};

struct Plan {
    int threads = 0;
    int steps[most_threads] = {};
    Step step[most_threads][most_steps];
};

Plan plan_of(std::uint64_t seed) {
    Numbers numbers(seed);
    Plan plan;
    plan.threads = 2 + (numbers.below(3) == 0 ? 1 : 0);
    // Few kinds of operations, mostly on one object: else they hardly ever meet.
    Do palette[4];
    for (Do& one : palette) one = static_cast<Do>(numbers.below(static_cast<int>(Do::count)));
    for (int thread = 0; thread < plan.threads; ++thread) {
        const int most = plan.threads == 3 ? 3 : most_steps;
        plan.steps[thread] = most - numbers.below(most - 1);
        for (int i = 0; i < plan.steps[thread]; ++i) {
            Step& step = plan.step[thread][i];
            step.what = palette[numbers.below(4)];
            step.object = numbers.below(4) == 0 ? 1 : 0;
            step.order = numbers.below(3);
        }
    }
    return plan;
}

constexpr std::memory_order loads[] = {std::memory_order_relaxed, std::memory_order_acquire,
                                       std::memory_order_seq_cst};
constexpr std::memory_order stores[] = {std::memory_order_relaxed, std::memory_order_release,
                                        std::memory_order_seq_cst};
constexpr std::memory_order updates[] = {std::memory_order_relaxed, std::memory_order_acq_rel,
                                         std::memory_order_seq_cst};

struct Machine {
    int plain[2] = {};
    alignas(8) std::atomic<int> atomic[2] = {0, 0};
    std::mutex mutex[2];
    sem_t semaphore[1];
    pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
    Plan plan = plan_of(std::strtoull(std::getenv("RACEPAIR_GENERATED"), nullptr, 10));
    int seen[most_threads] = {};

    // Each operation is code of its own, so that races are told apart by where they are.
    template <int thread, int at>
    void take_step(bool (&held)[2]) {
        if (at >= plan.steps[thread]) return;
        const Step step = plan.step[thread][at];
        const int object = step.object;
        const auto saw = [&](int value) { seen[thread] = seen[thread] * 5 + value + 1; };
        switch (step.what) {
            case Do::read_plain: saw(plain[object]); break;
            case Do::write_plain: plain[object] = thread + 1; break;
            case Do::add_plain: plain[object]++; break;
            case Do::load: saw(atomic[object].load(loads[step.order])); break;
            case Do::store: atomic[object].store(thread + 1, stores[step.order]); break;
            case Do::add: saw(atomic[object].fetch_add(1, updates[step.order])); break;
            case Do::exchange_if: {
                int zero = 0;
                saw(atomic[object].compare_exchange_strong(zero, 2, updates[step.order]) ? 1 : 0);
                break;
            }
            case Do::fence: std::atomic_thread_fence(updates[step.order]); break;
            case Do::lock:
                if (!held[object]) mutex[object].lock();
                held[object] = true;
                break;
            case Do::unlock:
                if (held[object]) mutex[object].unlock();
                held[object] = false;
                break;
            case Do::try_lock:
                if (!held[object]) held[object] = mutex[object].try_lock();
                saw(held[object] ? 1 : 0);
                break;
            case Do::give: sem_post(semaphore); break;
            case Do::take: sem_wait(semaphore); break;
            case Do::try_take: saw(sem_trywait(semaphore) == 0 ? 1 : 0); break;
            case Do::signal: pthread_cond_signal(&condition); break;
            case Do::wait_for_a_time: {
                if (!held[object]) break;
                const timespec soon = {1'800'000'000, 0};
                saw(pthread_cond_timedwait(&condition, mutex[object].native_handle(), &soon) == 0
                        ? 1
                        : 0);
                break;
            }
            case Do::count: break;
        }
    }

    template <int thread>
    void act() {
        bool held[2] = {};
        take_step<thread, 0>(held);
        take_step<thread, 1>(held);
        take_step<thread, 2>(held);
        take_step<thread, 3>(held);
        for (int i = 0; i < 2; ++i)
            if (held[i]) mutex[i].unlock();
    }

    std::string run() {
        sem_init(semaphore, 0, 1);
        std::thread first([&] { act<0>(); });
        std::thread second([&] { act<1>(); });
        std::thread third;
        if (plan.threads == 3) third = std::thread([&] { act<2>(); });
        first.join();
        second.join();
        if (third.joinable()) third.join();
        return explored::words(seen[0], seen[1], seen[2], plain[0], plain[1], atomic[0].load(),
                               atomic[1].load());
    }
};

}  // namespace explored_generated

using namespace explored_generated;

RACEPAIR_CASE("generated.program").needs_company().scenario(explored::drive).fixed<Machine>("made");
