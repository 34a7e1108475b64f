// Mutexes, shared mutexes and spin locks.

#include <errno.h>

#include "../heap.hpp"
#include "../noise.hpp"
#include "common.hpp"

using namespace racepair::explorer;

namespace {

enum class Wish { wait, try_once, try_for_a_time };

/// The kind that the lock was initialised with; glibc keeps it in the low bits.
int type_of(const pthread_mutex_t* mutex) { return mutex->__data.__kind & 3; }

int lock(const volatile void* lock, std::uintptr_t pc, Wish wish, int type) {
    const auto address = address_of(lock);
    const int me = execution.self().number;
    Object& known = execution.object_at(address);
    if (known.state.owner == me) {
        if (type == PTHREAD_MUTEX_RECURSIVE) {
            ++known.depth;
            return 0;
        }
        if (type == PTHREAD_MUTEX_ERRORCHECK) return EDEADLK;
        if (wish == Wish::wait)
            execution.misuse("mutex-misuse",
                             "locks a mutex that it holds already: it waits for itself", pc,
                             address);
    }
    Object& object = execution.use(
        {.kind = wish == Wish::wait ? Kind::lock : Kind::try_lock, .address = address, .pc = pc});
    // It is ours now, or was somebody's. (One of our own that is not recursive stays refused.)
    if (object.state.owner != me || object.depth > 0)
        return wish == Wish::try_for_a_time ? ETIMEDOUT : EBUSY;
    object.depth = 1;
    execution.acquire(object.released);
    execution.acquire(object.released_shared);
    execution.note_lock(address, pc, wish == Wish::wait);
    return 0;
}

int unlock(const volatile void* lock, std::uintptr_t pc, int type) {
    const auto address = address_of(lock);
    const int me = execution.self().number;
    Object& known = execution.object_at(address);
    if (known.state.owner != me) {
        execution.misuse("mutex-misuse",
                         known.state.owner < 0 ? "unlocks a mutex that is not locked"
                                               : "unlocks a mutex that another thread holds",
                         pc, address);
        if (type != PTHREAD_MUTEX_NORMAL || known.state.owner < 0) return EPERM;
    }
    if (known.depth > 1) {
        --known.depth;
        return 0;
    }
    // It uses the mutex's memory: whoever frees that must come after, or have had the lock since.
    if (heap.holds(address)) execution.access(address, 1, false, pc);
    // Before the step: whoever takes it next knows all that is done here.
    execution.use({.kind = Kind::unlock, .address = address, .pc = pc});
    known.depth = 0;
    execution.release(known.released);
    execution.note_unlock(address);
    return 0;
}

int lock_shared(const pthread_rwlock_t* lock, std::uintptr_t pc, Wish wish) {
    const auto address = address_of(lock);
    const int me = execution.self().number;
    Object& known = execution.object_at(address);
    if (known.state.owner == me) return EDEADLK;
    // By default, glibc's readers do not wait for a writer who waits: a second time is free.
    if (execution.times_held(address) > 0) {
        if (lock->__data.__flags == PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP)
            execution.note_limit("a reader who reads again where a waiting writer has precedence");
        execution.note_lock(address, pc, false, true);
        return 0;
    }
    Object& object =
        execution.use({.kind = wish == Wish::wait ? Kind::lock_shared : Kind::try_lock_shared,
                       .address = address,
                       .pc = pc});
    if ((object.state.sharers & only(me)) == 0)
        return wish == Wish::try_for_a_time ? ETIMEDOUT : EBUSY;
    execution.acquire(object.released);
    execution.note_lock(address, pc, wish == Wish::wait, true);
    return 0;
}

int unlock_any(const volatile void* lock, std::uintptr_t pc) {
    const auto address = address_of(lock);
    const int me = execution.self().number;
    Object& known = execution.object_at(address);
    if ((known.state.sharers & only(me)) == 0) return unlock(lock, pc, PTHREAD_MUTEX_NORMAL);
    if (execution.times_held(address) > 1) {
        execution.note_unlock(address);
        return 0;
    }
    execution.use({.kind = Kind::unlock_shared, .address = address, .pc = pc});
    execution.release(known.released_shared);
    execution.note_unlock(address);
    return 0;
}

}  // namespace

RACEPAIR_INTERPOSED int pthread_mutex_init(pthread_mutex_t* mutex,
                                           const pthread_mutexattr_t* attributes) {
    return RACEPAIR_CALL_REAL(pthread_mutex_init, mutex, attributes);
}
RACEPAIR_INTERPOSED int pthread_mutex_destroy(pthread_mutex_t* mutex) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_mutex_destroy, mutex);
    if (execution.object_at(address_of(mutex)).state.owner >= 0)
        execution.misuse("mutex-misuse", "destroys a mutex that is locked", RACEPAIR_PC,
                         address_of(mutex));
    return 0;
}
RACEPAIR_INTERPOSED int pthread_mutex_lock(pthread_mutex_t* mutex) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_mutex_lock, mutex);
    return lock(mutex, RACEPAIR_PC, Wish::wait, type_of(mutex));
}
RACEPAIR_INTERPOSED int pthread_mutex_trylock(pthread_mutex_t* mutex) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_mutex_trylock, mutex);
    return lock(mutex, RACEPAIR_PC, Wish::try_once, type_of(mutex));
}
RACEPAIR_INTERPOSED int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* until) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_mutex_timedlock, mutex, until);
    return lock(mutex, RACEPAIR_PC, Wish::try_for_a_time, type_of(mutex));
}
RACEPAIR_INTERPOSED int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock,
                                                const timespec* until) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_mutex_clocklock, mutex, clock, until);
    return lock(mutex, RACEPAIR_PC, Wish::try_for_a_time, type_of(mutex));
}
RACEPAIR_INTERPOSED int pthread_mutex_unlock(pthread_mutex_t* mutex) {
    if (!exploring()) return RACEPAIR_CALL_REAL(pthread_mutex_unlock, mutex);
    return unlock(mutex, RACEPAIR_PC, type_of(mutex));
}

#define RACEPAIR_RWLOCK(name, ours)                               \
    RACEPAIR_INTERPOSED int name(pthread_rwlock_t* lock_) {       \
        if (!exploring()) return RACEPAIR_CALL_REAL(name, lock_); \
        return ours;                                              \
    }
RACEPAIR_RWLOCK(pthread_rwlock_rdlock, lock_shared(lock_, RACEPAIR_PC, Wish::wait))
RACEPAIR_RWLOCK(pthread_rwlock_wrlock,
                lock(lock_, RACEPAIR_PC, Wish::wait, PTHREAD_MUTEX_ERRORCHECK))
RACEPAIR_RWLOCK(pthread_rwlock_tryrdlock, lock_shared(lock_, RACEPAIR_PC, Wish::try_once))
RACEPAIR_RWLOCK(pthread_rwlock_trywrlock,
                lock(lock_, RACEPAIR_PC, Wish::try_once, PTHREAD_MUTEX_ERRORCHECK))
RACEPAIR_RWLOCK(pthread_rwlock_unlock, unlock_any(lock_, RACEPAIR_PC))

#define RACEPAIR_TIMED_RWLOCK(kind, ours)                                                        \
    RACEPAIR_INTERPOSED int pthread_rwlock_timed##kind(pthread_rwlock_t* lock_,                  \
                                                       const timespec* until) {                  \
        if (!exploring()) return RACEPAIR_CALL_REAL(pthread_rwlock_timed##kind, lock_, until);   \
        return ours;                                                                             \
    }                                                                                            \
    RACEPAIR_INTERPOSED int pthread_rwlock_clock##kind(pthread_rwlock_t* lock_, clockid_t clock, \
                                                       const timespec* until) {                  \
        if (!exploring())                                                                        \
            return RACEPAIR_CALL_REAL(pthread_rwlock_clock##kind, lock_, clock, until);          \
        return ours;                                                                             \
    }
RACEPAIR_TIMED_RWLOCK(rdlock, lock_shared(lock_, RACEPAIR_PC, Wish::try_for_a_time))
RACEPAIR_TIMED_RWLOCK(wrlock,
                      lock(lock_, RACEPAIR_PC, Wish::try_for_a_time, PTHREAD_MUTEX_ERRORCHECK))

#define RACEPAIR_SPIN(name, ours)                                 \
    RACEPAIR_INTERPOSED int name(pthread_spinlock_t* lock_) {     \
        if (!exploring()) return RACEPAIR_CALL_REAL(name, lock_); \
        return ours;                                              \
    }
RACEPAIR_SPIN(pthread_spin_lock, lock(lock_, RACEPAIR_PC, Wish::wait, PTHREAD_MUTEX_NORMAL))
RACEPAIR_SPIN(pthread_spin_trylock, lock(lock_, RACEPAIR_PC, Wish::try_once, PTHREAD_MUTEX_NORMAL))
RACEPAIR_SPIN(pthread_spin_unlock, unlock(lock_, RACEPAIR_PC, PTHREAD_MUTEX_NORMAL))
