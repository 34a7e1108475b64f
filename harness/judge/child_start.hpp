#pragma once

#include <sys/types.h>

#include <string>

#include "file_descriptor.hpp"
#include "subject_process.hpp"

namespace racepair::judge {

/// A child between fork and exec, or after it, and the judge's ends of its pipes (non-blocking).
struct StartedChild {
    pid_t pid = -1;
    FileDescriptor evidence;
    FileDescriptor log;    ///< the child's stdout and stderr
    FileDescriptor notes;  ///< StartNotes, then end-of-file as soon as exec has succeeded
};

/// What the child tells on its way to exec.
struct StartNote {
    enum What : int { aslr_is_off, aslr_refused, exec_failed } what;
    int error;  ///< an errno, or 0
};

/// Forks, and has the child execute `launch.command` in a session of its own, bound to die with the
/// caller. The caller needs to have one thread. Errors: std::system_error when there is no process
/// or descriptor to be had; what fails in the child arrives as a note.
StartedChild start_child(const Launch& launch);

}  // namespace racepair::judge
