#pragma once

namespace racepair::explorer {

/// While an exploration runs: a signal of the program's (a crash) ends the execution and not the
/// process, and an execution that makes no progress for five seconds (a loop without any
/// instrumented access, a call that blocks and that the explorer does not know) ends the process
/// with a message.
void start_watchdog();
void stop_watchdog();
/// An execution was completed.
void watchdog_progress();

/// Gives the calling thread of the system a stack for signals.
void take_signal_stack();

}  // namespace racepair::explorer
