#pragma once

namespace racepair::subject {

/// Preemption where it hurts: an alarm about every 100 µs makes the member of a team that it hits give up its CPU, in the
/// middle of whatever it is doing. A thread that has read and not yet written back then waits while others go on. This is
/// what makes an unfolded `++` lose updates on one CPU, or on a busy machine, where threads hardly ever run side by side.
///
/// The alarm is a signal (SIGURG, otherwise ignored) that only members at work can receive. It bypasses a detector's
/// runtime, which would hold a signal back until it does no harm, and orders nothing. System calls that it interrupts
/// are restarted, except for those that never are (poll, nanosleep and their like; the standard library copes).
///
/// The next alarm is set when the member that was hit runs again, so that work goes on however slow the machine is.
void start_preemption();
void stop_preemption();

/// The calling thread may be hit from here … until here. Cost: one system call each.
void allow_preemption();
void forbid_preemption();

}  // namespace racepair::subject
