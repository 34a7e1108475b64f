#include "preemption.hpp"

#include <errno.h>
#include <linux/futex.h>
#include <linux/time_types.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "silent.hpp"

// The C library's own sigaction: the name without underscores is one that runtimes intercept, to
// deliver signals later.
extern "C" int __sigaction(int signal, const struct sigaction* action,
                           struct sigaction* old_action);

namespace racepair::subject {
namespace {

constexpr long long longest_pause_ns = 800'000'000;
static_assert(longest_pause_ns < 1'000'000'000, "the kernel wants whole seconds apart");
constexpr long long longest_stop_ns = 200'000;
constexpr int alarm_signal = SIGURG;
constexpr unsigned long alarm_mask = 1UL << (alarm_signal - 1);  // as the kernel takes it

int timer = -1;  // as the kernel counts them
bool running = false;

bool is_let_be = false;

// Of the trial that runs. Counted without help of the standard library, so that no detector sees an
// order in it.
int unfinished = 0;
int stopped = 0;
int done = 0;  // changes whenever a member has done its work; the stopped ones wait for that
long long pause_ns = shortest_pause_ns;

int add(int& counter, int number) { return __atomic_add_fetch(&counter, number, __ATOMIC_SEQ_CST); }
int value(int& counter) { return __atomic_load_n(&counter, __ATOMIC_SEQ_CST); }

void set_alarm(long long nanoseconds) {
    // One by one: of {} a compiler may make a call of memset, which runtimes intercept, and the
    // alarm may have stopped a thread inside of one.
    __kernel_itimerspec once;
    once.it_interval.tv_sec = 0;
    once.it_interval.tv_nsec = 0;
    once.it_value.tv_sec = 0;
    once.it_value.tv_nsec = nanoseconds;
    syscall(SYS_timer_settime, timer, 0, &once, nullptr);
}

void set_pause(long long nanoseconds) {
    __atomic_store_n(&pause_ns, nanoseconds, __ATOMIC_RELAXED);
}

long long longer(long long pause) {
    return 2 * pause < longest_pause_ns ? 2 * pause : longest_pause_ns;
}

void on_alarm(int) {
    const int saved = errno;
    const long long pause = pause_until_alarm_ns();
    if (__atomic_load_n(&running, __ATOMIC_RELAXED)) set_alarm(pause);
    const int seen = value(done);
    if (add(stopped, 1) < value(unfinished) && !__atomic_load_n(&is_let_be, __ATOMIC_RELAXED)) {
        const timespec longest{0, longest_stop_ns};
        const bool nobody_finished =
            syscall(SYS_futex, &done, FUTEX_WAIT_PRIVATE, seen, &longest, nullptr, 0) != 0 &&
            errno == ETIMEDOUT;
        set_pause(nobody_finished ? longer(pause) : shortest_pause_ns);
    }
    add(stopped, -1);
    errno = saved;
}

void mask(int how) {
    const unsigned long set = alarm_mask;
    syscall(SYS_rt_sigprocmask, how, &set, nullptr, sizeof set);
}

}  // namespace

void start_preemption() {
    mask(SIG_BLOCK);  // threads that this one starts inherit it
    if (timer < 0) {
        static struct sigaction action;
        action.sa_handler = on_alarm;
        action.sa_flags = SA_RESTART;
        static sigevent event;
        event.sigev_notify = SIGEV_SIGNAL;
        event.sigev_signo = alarm_signal;
        // Without it trials are as good as the machine makes them, so a refusal is no error.
        if (__sigaction(alarm_signal, &action, nullptr) != 0 ||
            syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer) != 0) {
            timer = -1;
            return;
        }
    }
    __atomic_store_n(&running, true, __ATOMIC_RELAXED);
    set_pause(shortest_pause_ns);
    set_alarm(shortest_pause_ns);
}

void stop_preemption() {
    if (timer < 0) return;
    __atomic_store_n(&running, false, __ATOMIC_RELAXED);
    set_alarm(0);
}

void expect_members(int count) {
    __atomic_store_n(&is_let_be, false, __ATOMIC_RELAXED);
    __atomic_store_n(&unfinished, count, __ATOMIC_SEQ_CST);
    if (timer < 0 || pause_until_alarm_ns() == shortest_pause_ns) return;
    set_pause(shortest_pause_ns);
    set_alarm(shortest_pause_ns);
}

long long pause_until_alarm_ns() { return __atomic_load_n(&pause_ns, __ATOMIC_RELAXED); }

void let_trial_be() { __atomic_store_n(&is_let_be, true, __ATOMIC_RELAXED); }

void begin_work() { mask(SIG_UNBLOCK); }

void end_work() {
    mask(SIG_BLOCK);
    add(unfinished, -1);
    add(done, 1);
    if (value(stopped) > 0)
        syscall(SYS_futex, &done, FUTEX_WAKE_PRIVATE, 0x7fffffff, nullptr, nullptr, 0);
}

}  // namespace racepair::subject
