// Condition variables, semaphores, barriers, once flags and the guards of static variables.

#include <errno.h>

#include "common.hpp"

using namespace racepair::explorer;

namespace {

/// Gives up the mutex and waits, as one step; goes on after a notification (or, with `timed`, after
/// the time `until`, if there is one); takes the mutex again. Returns 0 or ETIMEDOUT.
int wait(pthread_cond_t* condition, pthread_mutex_t* mutex, std::uintptr_t pc,
         const timespec* until) {
    const auto queue = address_of(condition), lock = address_of(mutex);
    const int me = execution.self().number;
    Object& held = execution.object_at(lock);
    if (held.state.owner != me) {
        execution.misuse("condition-misuse", "waits without holding the mutex", pc, queue);
        return EPERM;
    }
    const int depth = held.depth;
    execution.use({.kind = Kind::enqueue, .address = queue, .second = lock, .pc = pc});
    held.depth = 0;
    execution.release(held.released);
    execution.note_unlock(lock);
    bool notified = true;
    if (until != nullptr)
        notified = execution.wait_notified(queue, pc);
    else
        execution.use({.kind = Kind::dequeue, .address = queue, .pc = pc});
    if (!notified) execution.pass_until(since_epoch(*until));
    execution.use({.kind = Kind::lock, .address = lock, .pc = pc});
    held.depth = depth;
    execution.acquire(held.released);
    execution.acquire(held.released_shared);
    execution.note_lock(lock, pc, true);
    return notified ? 0 : ETIMEDOUT;
}

int notify(pthread_cond_t* condition, std::uint32_t count, std::uintptr_t pc) {
    execution.use(
        {.kind = Kind::notify, .size = count, .address = address_of(condition), .pc = pc});
    return 0;
}

void end_once(std::uintptr_t flag, std::uintptr_t pc, bool done) {
    execution.object_at(flag).is_done = done;
    Object& object = execution.use({.kind = Kind::unlock, .address = flag, .pc = pc});
    execution.release(object.released);
}

/// A function that runs once is one that runs under a lock, unless it has run before. True: the
/// caller is to run it, and to call end_once().
bool begin_once(std::uintptr_t flag, std::uintptr_t pc) {
    Object& object = execution.use({.kind = Kind::lock, .address = flag, .pc = pc});
    execution.acquire(object.released);
    if (!object.is_done) return true;
    end_once(flag, pc, true);
    return false;
}

}  // namespace

RACEPAIR_INTERPOSED int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_cond_wait, condition, mutex);
    return wait(condition, mutex, RACEPAIR_PC, nullptr);
}
RACEPAIR_INTERPOSED int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                               const timespec* until) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_cond_timedwait, condition, mutex, until);
    return wait(condition, mutex, RACEPAIR_PC, until);
}
RACEPAIR_INTERPOSED int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                               clockid_t clock, const timespec* until) {
    if (!exploring())
        return RACEPAIR_CALL_REAL(pthread_cond_clockwait, condition, mutex, clock, until);
    return wait(condition, mutex, RACEPAIR_PC, until);
}
RACEPAIR_INTERPOSED int pthread_cond_signal(pthread_cond_t* condition) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_cond_signal, condition);
    return notify(condition, 1, RACEPAIR_PC);
}
RACEPAIR_INTERPOSED int pthread_cond_broadcast(pthread_cond_t* condition) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_cond_broadcast, condition);
    return notify(condition, everyone, RACEPAIR_PC);
}
RACEPAIR_INTERPOSED int pthread_cond_destroy(pthread_cond_t* condition) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_cond_destroy, condition);
    return 0;
}

RACEPAIR_INTERPOSED int sem_init(sem_t* semaphore, int shared, unsigned value) {
    if (!exploring()) return RACEPAIR_CALL_REAL(sem_init, semaphore, shared, value);
    Object& object = execution.object_at(address_of(semaphore));
    object.initial_count = object.state.count = value;
    return 0;
}
RACEPAIR_INTERPOSED int sem_wait(sem_t* semaphore) {
    if (!exploring()) return RACEPAIR_CALL_REAL(sem_wait, semaphore);
    Object& object =
        execution.use({.kind = Kind::take, .address = address_of(semaphore), .pc = RACEPAIR_PC});
    execution.acquire(object.released);
    return 0;
}

namespace {
int try_to_take(sem_t* semaphore, std::uintptr_t pc, int error, const timespec* until = nullptr) {
    if (!execution.try_to_take(address_of(semaphore), pc)) {
        if (until != nullptr) execution.pass_until(since_epoch(*until));
        errno = error;
        return -1;
    }
    execution.acquire(execution.object_at(address_of(semaphore)).released);
    return 0;
}
}  // namespace

RACEPAIR_INTERPOSED int sem_trywait(sem_t* semaphore) {
    if (!exploring()) return RACEPAIR_CALL_REAL(sem_trywait, semaphore);
    return try_to_take(semaphore, RACEPAIR_PC, EAGAIN);
}
RACEPAIR_INTERPOSED int sem_timedwait(sem_t* semaphore, const timespec* until) {
    if (!exploring()) return RACEPAIR_CALL_REAL(sem_timedwait, semaphore, until);
    return try_to_take(semaphore, RACEPAIR_PC, ETIMEDOUT, until);
}
RACEPAIR_INTERPOSED int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* until) {
    if (!exploring()) return RACEPAIR_CALL_REAL(sem_clockwait, semaphore, clock, until);
    return try_to_take(semaphore, RACEPAIR_PC, ETIMEDOUT, until);
}
RACEPAIR_INTERPOSED int sem_post(sem_t* semaphore) {
    if (!exploring()) return RACEPAIR_CALL_REAL(sem_post, semaphore);
    Object& object =
        execution.use({.kind = Kind::give, .address = address_of(semaphore), .pc = RACEPAIR_PC});
    execution.release(object.released);
    return 0;
}
RACEPAIR_INTERPOSED int sem_getvalue(sem_t* semaphore, int* value) {
    if (!exploring()) return RACEPAIR_CALL_REAL(sem_getvalue, semaphore, value);
    *value = static_cast<int>(execution.object_at(address_of(semaphore)).state.count);
    return 0;
}

RACEPAIR_INTERPOSED int pthread_barrier_init(pthread_barrier_t* barrier,
                                             const pthread_barrierattr_t* attributes,
                                             unsigned count) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_barrier_init, barrier, attributes, count);
    if (count == 0) return EINVAL;
    Object& object = execution.object_at(address_of(barrier));
    object.initial_count = count;
    object.arrived = 0;
    return 0;
}
RACEPAIR_INTERPOSED int pthread_barrier_wait(pthread_barrier_t* barrier) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_barrier_wait, barrier);
    const auto address = address_of(barrier);
    Object& object = execution.use({.kind = Kind::arrive, .address = address, .pc = RACEPAIR_PC});
    execution.release(object.released);
    object.arrived |= only(execution.self().number);
    if (count_of(object.arrived) < object.initial_count) {
        execution.block(Waiting::for_barrier, address, -1, RACEPAIR_PC);
        execution.acquire(object.released);
        return 0;
    }
    const ThreadSet others = object.arrived & ~only(execution.self().number);
    object.arrived = 0;
    execution.unblock(others);
    execution.acquire(object.released);
    return PTHREAD_BARRIER_SERIAL_THREAD;
}
RACEPAIR_INTERPOSED int pthread_barrier_destroy(pthread_barrier_t* barrier) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_barrier_destroy, barrier);
    return 0;
}

RACEPAIR_INTERPOSED int pthread_once(pthread_once_t* flag, void (*function)()) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_once, flag, function);
    const auto address = address_of(flag);
    constexpr int done = 2;  // as glibc leaves it: it may have been run before exploring began
    if (*flag == done || !begin_once(address, RACEPAIR_PC)) return 0;
    // An exception leaves the flag as if nobody had come.
    struct Guard {
        std::uintptr_t flag, pc;
        bool finished = false;
        ~Guard() { end_once(flag, pc, finished); }
    } guard{address, RACEPAIR_PC};
    function();
    guard.finished = true;
    return 0;
}

RACEPAIR_INTERPOSED int __cxa_guard_acquire(std::uint64_t* guard) {
    auto* done = reinterpret_cast<unsigned char*>(guard);
    if (!exploring()) {
        // Two real threads: as the C++ library does it, in few words.
        for (;;) {
            if (__atomic_load_n(done, __ATOMIC_ACQUIRE) != 0) return 0;
            unsigned char expected = 0;
            if (__atomic_compare_exchange_n(done + 1, &expected, 1, false, __ATOMIC_ACQ_REL,
                                            __ATOMIC_ACQUIRE))
                return __atomic_load_n(done, __ATOMIC_ACQUIRE) != 0 ? (done[1] = 0, 0) : 1;
            RACEPAIR_CALL_REAL(sched_yield);
        }
    }
    if (*done != 0 && !execution.object_at(address_of(guard)).is_done) return 0;
    return begin_once(address_of(guard), RACEPAIR_PC) ? 1 : 0;
}
RACEPAIR_INTERPOSED void __cxa_guard_release(std::uint64_t* guard) {
    auto* done = reinterpret_cast<unsigned char*>(guard);
    // The program itself reads the first byte, as an atomic of its own.
    const std::uintptr_t pc = RACEPAIR_PC, first = address_of(done);
    if (exploring()) execution.before_atomic(Kind::write, first, 1, pc);
    __atomic_store_n(done, 1, __ATOMIC_RELEASE);
    __atomic_store_n(done + 1, 0, __ATOMIC_RELEASE);
    if (!exploring()) return;
    execution.after_atomic(Kind::write, __ATOMIC_RELEASE, first, 1, pc, true, true, 1);
    end_once(first, pc, true);
}
RACEPAIR_INTERPOSED void __cxa_guard_abort(std::uint64_t* guard) {
    auto* done = reinterpret_cast<unsigned char*>(guard);
    __atomic_store_n(done + 1, 0, __ATOMIC_RELEASE);
    if (exploring()) end_once(address_of(guard), RACEPAIR_PC, false);
}
