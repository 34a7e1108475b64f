#pragma once

namespace racepair::subject {

/// What ThreadSanitizer's runtime tells about a race while it reports it, turned into evidence at
/// once.

/// Names what is running: from now on each report carries this variant and trial. The text must
/// outlive its use.
void now_running(const char* variant, long long trial);

/// From now on each report is written out (up to 400), not only the first ones of a trial: the
/// trial is a whole program.
void write_all_reports();

/// The calling thread is a member of a team and works from here … until here. Once a trial has
/// shown its race often enough, a member that causes a further report is no longer watched in that
/// trial: each report costs about a millisecond, and a racy loop causes thousands.
void member_begins_work();
void member_ends_work();

/// How many reports there have been since the program started.
long long reports_so_far();

/// Is a ThreadSanitizer runtime linked into this program?
bool thread_sanitizer_is_linked();
/// … and does it offer the interface that reports are read from?
bool reports_can_be_read();
/// The options that were compiled into the program, or "".
const char* compiled_in_options();

/// Where the object under test lives; nullptr for none.
void object_lives_at(const void* begin, unsigned long size);
bool lies_in_object(const void* address);

}  // namespace racepair::subject
