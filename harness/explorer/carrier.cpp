#include "carrier.hpp"

#include <signal.h>
#include <sys/auxv.h>

#include "globals.hpp"
#include "kernel.hpp"
#include "real.hpp"
#include "reserved.hpp"
#include "thread_locals.hpp"
#include "watchdog.hpp"

// Saves what a call must preserve on this stack, keeps its pointer in *save, goes on with `load` as
// the stack and `thread` as the thread pointer. With restart: calls entry(slot) on an empty stack.
extern "C" void racepair_switch(void** save, void* load, void* thread_pointer);
extern "C" [[noreturn]] void racepair_restart(void* stack_top, void (*entry)(int), long slot);
extern "C" void racepair_first_step();

#if defined(__x86_64__)
__asm__(R"(
    .text
    .globl racepair_switch
    .hidden racepair_switch
    .type racepair_switch,@function
racepair_switch:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    wrfsbase %rdx
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
    .size racepair_switch, .-racepair_switch

    .globl racepair_first_step
    .hidden racepair_first_step
    .type racepair_first_step,@function
racepair_first_step:
    movq %r12, %rdi
    xorl %ebp, %ebp
    callq *%rbx
    ud2
    .size racepair_first_step, .-racepair_first_step

    .globl racepair_restart
    .hidden racepair_restart
    .type racepair_restart,@function
racepair_restart:
    movq %rdi, %rsp
    movq %rdx, %rdi
    xorl %ebp, %ebp
    callq *%rsi
    ud2
    .size racepair_restart, .-racepair_restart
)");
#elif defined(__aarch64__)
__asm__(R"(
    .text
    .globl racepair_switch
    .hidden racepair_switch
    .type racepair_switch,%function
racepair_switch:
    stp x19, x20, [sp, #-160]!
    stp x21, x22, [sp, #16]
    stp x23, x24, [sp, #32]
    stp x25, x26, [sp, #48]
    stp x27, x28, [sp, #64]
    stp x29, x30, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    mov x9, sp
    str x9, [x0]
    mov sp, x1
    msr tpidr_el0, x2
    ldp x21, x22, [sp, #16]
    ldp x23, x24, [sp, #32]
    ldp x25, x26, [sp, #48]
    ldp x27, x28, [sp, #64]
    ldp x29, x30, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    ldp x19, x20, [sp], #160
    ret
    .size racepair_switch, .-racepair_switch

    .globl racepair_first_step
    .hidden racepair_first_step
    .type racepair_first_step,%function
racepair_first_step:
    mov x0, x20
    mov x29, #0
    blr x19
    brk #1
    .size racepair_first_step, .-racepair_first_step

    .globl racepair_restart
    .hidden racepair_restart
    .type racepair_restart,%function
racepair_restart:
    mov sp, x0
    mov x0, x2
    mov x29, #0
    blr x1
    brk #1
    .size racepair_restart, .-racepair_restart
)");
#endif

namespace racepair::explorer {
namespace {

constexpr std::uintptr_t stack_wish = 0x7A0000000000;

}  // namespace

RACEPAIR_KEPT Carrier carrier;

bool Carrier::can_run_fibers() {
#if defined(__x86_64__)
    constexpr unsigned long may_write_fs = 2;  // HWCAP2_FSGSBASE
    return (getauxval(AT_HWCAP2) & may_write_fs) != 0;
#else
    return true;
#endif
}

void Carrier::open(Backend wanted) {
    backend_ =
        wanted == Backend::fibers && can_run_fibers() ? Backend::fibers : Backend::os_threads;
    if (stacks_ == nullptr)
        stacks_ = static_cast<char*>(reserve(stack_size * most_threads, stack_wish));
    slots_[driver].thread_pointer = __builtin_thread_pointer();
}

void* Carrier::lend(void* packed) {
    const int slot = static_cast<int>(reinterpret_cast<std::intptr_t>(packed));
    Slot& self = carrier.slots_[slot];
    take_signal_stack();
    __atomic_store_n(&self.thread_pointer, __builtin_thread_pointer(), __ATOMIC_SEQ_CST);
    __atomic_store_n(&self.has_lender, true, __ATOMIC_SEQ_CST);
    carrier.rest(slot);
    return nullptr;
}

/// Waits until this slot may run (with fibers, for ever: the lender itself never runs). What is on
/// the stack may have been abandoned meanwhile.
void Carrier::rest(int slot) {
    Slot& self = slots_[slot];
    while (__atomic_load_n(&self.may_run, __ATOMIC_SEQ_CST) == 0) wait_while(&self.may_run, 0);
    __atomic_store_n(&self.may_run, 0, __ATOMIC_SEQ_CST);
    if (slot != driver && self.is_fresh) {
        self.is_fresh = false;
        racepair_restart(top_of_stack(slot), entry_, slot);
    }
}

void Carrier::start_lender(int slot) {
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 64 * 1024 + 4096);
    // Signals are for the driver, but for those that a thread brings upon itself.
    sigset_t all, before;
    sigfillset(&all);
    constexpr int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    for (const int crash : crashes) sigdelset(&all, crash);
    real::pthread_sigmask(SIG_SETMASK, &all, &before);
    Slot& lent = slots_[slot];
    if (real::pthread_create(&lent.handle, &small, &Carrier::lend,
                             reinterpret_cast<void*>(static_cast<std::intptr_t>(slot))) != 0)
        fail_internally("the system gives no thread");
    real::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    pthread_attr_destroy(&small);
    while (!__atomic_load_n(&lent.has_lender, __ATOMIC_SEQ_CST)) real::sched_yield();
}

void Carrier::lend_slots(int count) {
    for (int slot = 0; slot < count; ++slot)
        if (!slots_[slot].has_lender) start_lender(slot);
}

void Carrier::prepare(int slot, void (*entry)(int)) {
    Slot& fresh = slots_[slot];
    reset_thread_locals(fresh.thread_pointer);
    entry_ = entry;
    if (backend_ == Backend::os_threads) {
        fresh.is_fresh = true;
        return;
    }
    auto** top = reinterpret_cast<void**>(top_of_stack(slot));
#if defined(__x86_64__)
    // As racepair_switch leaves a stack: r15 r14 r13 r12 rbx rbp, and where it returns to; after
    // that return the stack is aligned as it must be before a call.
    void** frame = top - 9;
    frame[0] = frame[1] = frame[2] = nullptr;
    frame[3] = reinterpret_cast<void*>(static_cast<std::intptr_t>(slot));  // r12
    frame[4] = reinterpret_cast<void*>(entry);                             // rbx
    frame[5] = nullptr;
    frame[6] = reinterpret_cast<void*>(&racepair_first_step);
#else
    void** frame = top - 20;
    for (int i = 0; i < 20; ++i) frame[i] = nullptr;
    frame[0] = reinterpret_cast<void*>(entry);                             // x19
    frame[1] = reinterpret_cast<void*>(static_cast<std::intptr_t>(slot));  // x20
    frame[11] = reinterpret_cast<void*>(&racepair_first_step);             // x30
#endif
    fresh.stack_pointer = frame;
}

void Carrier::switch_to(int from, int slot) {
    if (backend_ == Backend::fibers) {
        racepair_switch(&slots_[from].stack_pointer, slots_[slot].stack_pointer,
                        slots_[slot].thread_pointer);
        return;
    }
    __atomic_store_n(&slots_[slot].may_run, 1, __ATOMIC_SEQ_CST);
    wake(&slots_[slot].may_run);
    rest(from);
}

}  // namespace racepair::explorer
