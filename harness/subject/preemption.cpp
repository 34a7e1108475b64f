#include "preemption.hpp"

#include <errno.h>
#include <linux/time_types.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "silent.hpp"

// The C library's own sigaction: the name without underscores is one that runtimes intercept, to deliver signals later.
extern "C" int __sigaction(int signal, const struct sigaction* action, struct sigaction* old_action);

namespace racepair::subject {
namespace {

constexpr long long period_ns = 100'000;
constexpr int alarm_signal = SIGURG;
constexpr unsigned long alarm_mask = 1UL << (alarm_signal - 1);  // as the kernel takes it

int timer = -1;  // as the kernel counts them
bool running = false;

void set_alarm(long long nanoseconds) {
    __kernel_itimerspec once{};
    once.it_value.tv_nsec = nanoseconds;
    syscall(SYS_timer_settime, timer, 0, &once, nullptr);
}

void on_alarm(int) {
    const int saved = errno;
    syscall(SYS_sched_yield);
    if (__atomic_load_n(&running, __ATOMIC_RELAXED)) set_alarm(period_ns);
    errno = saved;
}

void mask(int how) {
    const unsigned long set = alarm_mask;
    syscall(SYS_rt_sigprocmask, how, &set, nullptr, sizeof set);
}

}  // namespace

void start_preemption() {
    forbid_preemption();
    if (timer < 0) {
        struct sigaction action {};
        action.sa_handler = on_alarm;
        action.sa_flags = SA_RESTART;
        sigevent event{};
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
    set_alarm(period_ns);
}

void stop_preemption() {
    if (timer < 0) return;
    __atomic_store_n(&running, false, __ATOMIC_RELAXED);
    set_alarm(0);
}

void allow_preemption() { mask(SIG_UNBLOCK); }

void forbid_preemption() { mask(SIG_BLOCK); }

}  // namespace racepair::subject
