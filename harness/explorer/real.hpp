#pragma once

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <time.h>

#include <cstddef>

/// The system's own functions, of which the program calls ours.
namespace racepair::explorer::real {

// Name, result, arguments. Looked up when the program starts.
#define RACEPAIR_REAL_FUNCTIONS(X)                                                             \
    X(int, pthread_create, (pthread_t*, const pthread_attr_t*, void* (*)(void*), void*))       \
    X(int, pthread_join, (pthread_t, void**))                                                  \
    X(int, pthread_detach, (pthread_t))                                                        \
    X(pthread_t, pthread_self, ())                                                             \
    X(void, pthread_exit, (void*))                                                             \
    X(int, pthread_sigmask, (int, const sigset_t*, sigset_t*))                                 \
    X(int, pthread_mutex_init, (pthread_mutex_t*, const pthread_mutexattr_t*))                 \
    X(int, pthread_mutex_destroy, (pthread_mutex_t*))                                          \
    X(int, pthread_mutex_lock, (pthread_mutex_t*))                                             \
    X(int, pthread_mutex_trylock, (pthread_mutex_t*))                                          \
    X(int, pthread_mutex_timedlock, (pthread_mutex_t*, const timespec*))                       \
    X(int, pthread_mutex_clocklock, (pthread_mutex_t*, clockid_t, const timespec*))            \
    X(int, pthread_mutex_unlock, (pthread_mutex_t*))                                           \
    X(int, pthread_rwlock_rdlock, (pthread_rwlock_t*))                                         \
    X(int, pthread_rwlock_wrlock, (pthread_rwlock_t*))                                         \
    X(int, pthread_rwlock_tryrdlock, (pthread_rwlock_t*))                                      \
    X(int, pthread_rwlock_trywrlock, (pthread_rwlock_t*))                                      \
    X(int, pthread_rwlock_timedrdlock, (pthread_rwlock_t*, const timespec*))                   \
    X(int, pthread_rwlock_timedwrlock, (pthread_rwlock_t*, const timespec*))                   \
    X(int, pthread_rwlock_clockrdlock, (pthread_rwlock_t*, clockid_t, const timespec*))        \
    X(int, pthread_rwlock_clockwrlock, (pthread_rwlock_t*, clockid_t, const timespec*))        \
    X(int, pthread_rwlock_unlock, (pthread_rwlock_t*))                                         \
    X(int, pthread_cond_wait, (pthread_cond_t*, pthread_mutex_t*))                             \
    X(int, pthread_cond_timedwait, (pthread_cond_t*, pthread_mutex_t*, const timespec*))       \
    X(int, pthread_cond_clockwait,                                                             \
      (pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*))                         \
    X(int, pthread_cond_signal, (pthread_cond_t*))                                             \
    X(int, pthread_cond_broadcast, (pthread_cond_t*))                                          \
    X(int, pthread_cond_destroy, (pthread_cond_t*))                                            \
    X(int, pthread_once, (pthread_once_t*, void (*)()))                                        \
    X(int, pthread_barrier_init, (pthread_barrier_t*, const pthread_barrierattr_t*, unsigned)) \
    X(int, pthread_barrier_wait, (pthread_barrier_t*))                                         \
    X(int, pthread_barrier_destroy, (pthread_barrier_t*))                                      \
    X(int, pthread_spin_lock, (pthread_spinlock_t*))                                           \
    X(int, pthread_spin_trylock, (pthread_spinlock_t*))                                        \
    X(int, pthread_spin_unlock, (pthread_spinlock_t*))                                         \
    X(int, sem_init, (sem_t*, int, unsigned))                                                  \
    X(int, sem_wait, (sem_t*))                                                                 \
    X(int, sem_trywait, (sem_t*))                                                              \
    X(int, sem_timedwait, (sem_t*, const timespec*))                                           \
    X(int, sem_clockwait, (sem_t*, clockid_t, const timespec*))                                \
    X(int, sem_post, (sem_t*))                                                                 \
    X(int, sem_getvalue, (sem_t*, int*))                                                       \
    X(int, sched_yield, ())                                                                    \
    X(int, nanosleep, (const timespec*, timespec*))                                            \
    X(int, clock_nanosleep, (clockid_t, int, const timespec*, timespec*))                      \
    X(int, usleep, (unsigned))                                                                 \
    X(unsigned, sleep, (unsigned))                                                             \
    X(int, clock_gettime, (clockid_t, timespec*))                                              \
    X(void, __assert_fail, (const char*, const char*, unsigned, const char*))                  \
    X(void, abort, ())

#define RACEPAIR_DECLARE_REAL(result, name, arguments) extern result(*name) arguments;
RACEPAIR_REAL_FUNCTIONS(RACEPAIR_DECLARE_REAL)
#undef RACEPAIR_DECLARE_REAL

extern long (*syscall)(long, ...);

/// Looks all of them up. Runs before any constructor of the program; may be called again.
void find_all();

}  // namespace racepair::explorer::real
