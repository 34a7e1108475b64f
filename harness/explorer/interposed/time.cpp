// Yields, sleeps, clocks and futexes. Time is each thread's own: it passes when the thread sleeps,
// when it looks at a clock, and when all threads rest.

#include <errno.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <sys/time.h>

#include "../noise.hpp"
#include "common.hpp"

using namespace racepair::explorer;

namespace {

constexpr long long tick_ns = 1'000;

timespec time_of(long long ns) { return {ns / ns_per_second, ns % ns_per_second}; }

int sleep_for(long long ns, std::uintptr_t pc) {
    execution.sleep(ns, pc);
    return 0;
}

int futex(int* word, int operation, int value, const timespec* time, std::uintptr_t pc) {
    const auto address = address_of(word);
    switch (operation & FUTEX_CMD_MASK) {
        case FUTEX_WAIT:
        case FUTEX_WAIT_BITSET: {
            const auto queue = address | futex_queue;
            execution.use({.kind = Kind::enqueue_if, .address = queue, .second = address, .pc = pc},
                          value);
            if ((execution.object_at(queue).state.waiting & only(execution.self().number)) == 0) {
                errno = EAGAIN;
                return -1;
            }
            if (time == nullptr) {
                execution.use({.kind = Kind::dequeue, .address = queue, .pc = pc});
                return 0;
            }
            if (execution.wait_notified(queue, pc)) return 0;
            // A plain wait is told how long, the other one until when.
            execution.pass_until((operation & FUTEX_CMD_MASK) == FUTEX_WAIT
                                     ? execution.self().time_ns + ns_of(*time)
                                     : since_epoch(*time));
            errno = ETIMEDOUT;
            return -1;
        }
        case FUTEX_WAKE:
        case FUTEX_WAKE_BITSET:
            execution.use({.kind = Kind::notify,
                           .size = value < 0 ? everyone : static_cast<std::uint32_t>(value),
                           .address = address | futex_queue,
                           .pc = pc});
            return 0;
        default: execution.note_limit("a futex operation that is not known"); return 0;
    }
}

}  // namespace

RACEPAIR_INTERPOSED int sched_yield() {
    if (exploring()) {
        execution.yield(RACEPAIR_PC);
        return 0;
    }
    return RACEPAIR_CALL_REAL(sched_yield);
}

RACEPAIR_INTERPOSED int nanosleep(const timespec* time, timespec* left) {
    if (exploring()) return sleep_for(ns_of(*time), RACEPAIR_PC);
    return RACEPAIR_CALL_REAL(nanosleep, time, left);
}
RACEPAIR_INTERPOSED int clock_nanosleep(clockid_t clock, int flags, const timespec* time,
                                        timespec* left) {
    if (!exploring()) return RACEPAIR_CALL_REAL(clock_nanosleep, clock, flags, time, left);
    const long long now = epoch_ns + execution.self().time_ns;
    return sleep_for((flags & TIMER_ABSTIME) != 0 ? ns_of(*time) - now : ns_of(*time), RACEPAIR_PC);
}
RACEPAIR_INTERPOSED int usleep(useconds_t microseconds) {
    if (exploring()) return sleep_for(microseconds * 1000LL, RACEPAIR_PC);
    return RACEPAIR_CALL_REAL(usleep, microseconds);
}
RACEPAIR_INTERPOSED unsigned sleep(unsigned seconds) {
    if (!exploring()) return RACEPAIR_CALL_REAL(sleep, seconds);
    sleep_for(seconds * ns_per_second, RACEPAIR_PC);
    return 0;
}

RACEPAIR_INTERPOSED int clock_gettime(clockid_t clock, timespec* time) {
    if (!exploring()) return RACEPAIR_CALL_REAL(clock_gettime, clock, time);
    Thread& me = execution.self();
    me.time_ns += tick_ns;
    *time = time_of(epoch_ns + me.time_ns);
    return 0;
}
RACEPAIR_INTERPOSED int gettimeofday(timeval* time, void*) {
    timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}
RACEPAIR_INTERPOSED time_t time(time_t* where) {
    timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where != nullptr) *where = now.tv_sec;
    return now.tv_sec;
}

// The C++ library waits for atomics, latches, barriers and semaphores through this one.
RACEPAIR_INTERPOSED long syscall(long number, ...) {
    va_list list;
    va_start(list, number);
    long a[6];
    for (long& argument : a) argument = va_arg(list, long);
    va_end(list);
    if (!exploring())
        return RACEPAIR_CALL_REAL(syscall, number, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (number == SYS_futex)
        return futex(reinterpret_cast<int*>(a[0]), static_cast<int>(a[1]), static_cast<int>(a[2]),
                     reinterpret_cast<const timespec*>(a[3]), RACEPAIR_PC);
    if (number != SYS_gettid && number != SYS_getcpu)
        execution.note_limit("a system call made directly, which may block");
    return real::syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
