#pragma once

namespace racepair::subject {

/// Preemption where it hurts. An alarm about every 100 µs stops the member of a team that it hits,
/// in the middle of whatever it is doing, until another member has done its work (or 200 µs have
/// passed). A stop in which nobody finished was of no use (the stopped one held a lock that the
/// others want, say), so the pause before the next one is twice as long, until a stop was of use or
/// a trial begins. A thread that has read and not yet written back then holds a value that others
/// overtake. This is what makes an unfolded `++` lose updates on one CPU, or on a busy machine,
/// where threads hardly ever run side by side.
///
/// The alarm is a signal (SIGURG, otherwise ignored) that only members at work can receive. It
/// bypasses a detector's runtime, which would hold a signal back until it does no harm, and orders
/// nothing. System calls that it interrupts are restarted, except for those that never are (poll,
/// nanosleep and their like; the standard library copes). At least one member is never stopped, so
/// work goes on however slow the machine is.
void start_preemption();
void stop_preemption();

/// A trial of so many members begins.
void expect_members(int count);

/// How long after an alarm the next one comes.
inline constexpr long long shortest_pause_ns = 100'000;
long long pause_until_alarm_ns();

/// Stops nobody for the rest of the trial: a member that is stopped while it reports a race would
/// hold up all others.
void let_trial_be();

/// The calling member may be stopped from here …
void begin_work();
/// … until here. Cost of the two: two system calls.
void end_work();

}  // namespace racepair::subject
