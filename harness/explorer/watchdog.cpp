#include "watchdog.hpp"

#include <signal.h>
#include <sys/time.h>
#include <ucontext.h>

#include "../subject/channel.hpp"
#include "../subject/json_line.hpp"
#include "execution.hpp"
#include "globals.hpp"
#include "kernel.hpp"
#include "real.hpp"
#include "reserved.hpp"

namespace racepair::explorer {
namespace {

constexpr int seconds_without_progress = 5;
constexpr int crash_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
constexpr std::size_t signal_stack_size = 64 * 1024;

RACEPAIR_KEPT volatile long progress = 0;
RACEPAIR_KEPT long progress_seen = -1;
RACEPAIR_KEPT int seconds = 0;
RACEPAIR_KEPT struct sigaction before_crash[4];
RACEPAIR_KEPT struct sigaction before_alarm;
RACEPAIR_KEPT char buffer[4096];

std::uintptr_t pc_of(void* context) {
    const auto* machine = &static_cast<ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
    return static_cast<std::uintptr_t>(machine->gregs[REG_RIP]) + 1;
#else
    return machine->pc + 1;
#endif
}

void crashed(int signal, siginfo_t*, void* context) {
    if (!execution.is_exploring()) {
        // Not the program's fault, or not on a thread of its own: as it would be without us.
        ::signal(signal, SIG_DFL);
        raise(signal);
        return;
    }
    execution.end(Ending::crashed, pc_of(context));
}

void second_passed(int, siginfo_t*, void*) {
    if (progress != progress_seen) {
        progress_seen = progress;
        seconds = 0;
        return;
    }
    if (++seconds < seconds_without_progress) return;
    subject::JsonLine line(buffer, sizeof buffer);
    line.record("trouble").key("what").text(
        "limit: an execution made no progress for 5 s: a loop without any access that is "
        "instrumented, "
        "or a call that blocks and that the explorer does not know (a pipe, a socket, a lock of a "
        "library). Remedy: leave it out of the case, or declare the case blind to explore");
    subject::send(line.end());
    write_error("racepair: limit: an execution made no progress for 5 s\n");
    exit_process(3);
}

}  // namespace

void take_signal_stack() {
    stack_t stack = {};
    stack.ss_sp = reserve(signal_stack_size);
    stack.ss_size = signal_stack_size;
    sigaltstack(&stack, nullptr);
}

void start_watchdog() {
    RACEPAIR_KEPT static bool has_stack = false;
    if (!has_stack) take_signal_stack();
    has_stack = true;
    struct sigaction action = {};
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    action.sa_sigaction = crashed;
    for (int i = 0; i < 4; ++i) sigaction(crash_signals[i], &action, &before_crash[i]);
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    action.sa_sigaction = second_passed;
    sigaction(SIGALRM, &action, &before_alarm);
    const itimerval second = {{1, 0}, {1, 0}};
    setitimer(ITIMER_REAL, &second, nullptr);
    progress = 0;
    progress_seen = -1;
    seconds = 0;
}

void stop_watchdog() {
    const itimerval never = {};
    setitimer(ITIMER_REAL, &never, nullptr);
    for (int i = 0; i < 4; ++i) sigaction(crash_signals[i], &before_crash[i], nullptr);
    sigaction(SIGALRM, &before_alarm, nullptr);
}

void watchdog_progress() { progress = progress + 1; }

}  // namespace racepair::explorer
