#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace racepair::judge {

/// What to start, and the bounds it has to keep.
struct Launch {
    /// Program and arguments. The program is a path; PATH is not searched.
    std::vector<std::string> command{};
    /// Set on top of the judge's own environment.
    std::map<std::string, std::string> environment{};
    /// Wall time from the start to the end of the child.
    std::chrono::milliseconds time_limit{60'000};
    /// Resident bytes, the child and its descendants together, looked at about every 50 ms. Pages
    /// that several of them share count for each.
    std::size_t memory_limit = 8ull << 30;
    /// Bytes on the evidence pipe; one byte more ends the child.
    std::size_t evidence_limit = 64u << 20;
    /// Bytes of stdout and stderr kept: the first half and the last half. What lies between is
    /// dropped and counted, and a line in the log stands in for it.
    std::size_t log_limit = 256u << 10;
    /// Whether to ask for a fixed address-space layout: personality(ADDR_NO_RANDOMIZE).
    bool aslr_off = false;
    /// Called with each whole line of evidence, without its newline, as it arrives; may be empty.
    /// It may throw: the child is ended then and run() lets the exception out. The time it takes
    /// counts for the child. It may not call run().
    std::function<void(std::string_view line)> on_evidence{};
};

/// How a child came to its end.
enum class Ended {
    exited,            ///< by itself; `code` is its exit status
    signalled,         ///< by a signal that did not come from run(); `code` is its number
    hung,              ///< ended by run() at the time limit
    over_memory,       ///< ended by run() above the memory limit
    flooded_evidence,  ///< wrote more evidence than its limit, whatever it did afterwards
    not_started        ///< the program never ran; `detail` says why
};

struct Ending {
    Ended how = Ended::not_started;
    int code = 0;           ///< exit status or signal number, otherwise 0
    std::string detail;     ///< one sentence for people, empty for exited and signalled
    bool aslr_off = false;  ///< the process really had ADDR_NO_RANDOMIZE, asked for or inherited
    std::string
        aslr_failure;  ///< why it could not be turned off; the child was started all the same
    int orphans = 0;   ///< descendants alive when the child ended or was ended; they were ended too
    int survivors = 0;  ///< descendants, or the child, that could not be ended within five seconds
    std::chrono::milliseconds wall{};  ///< from the start to the end of the child
};

/// All that is left of a child.
struct Traces {
    std::string evidence;             ///< as written, up to its limit; the last line may be partial
    bool evidence_truncated = false;  ///< there was more than that
    std::string log;                  ///< stdout and stderr in the order they were written
    std::size_t log_dropped = 0;      ///< bytes that `log` leaves out
    Ending ending;
};

/// Starts the child, reads what it writes until it ends (not until end-of-file: an orphan may hold
/// the pipes open), and ends all that it left behind.
///
/// The child finds the number of the evidence pipe in RACEPAIR_EVIDENCE_FD; stdin is /dev/null, and
/// no other descriptor, signal mask or disposition of the judge reaches it. It is in a session of
/// its own, dies with the judge, dumps no core, and cannot gain privileges by set-user-id programs.
///
/// Whatever the child does is told in the result; a child that cannot be started is `not_started`.
/// Throws what on_evidence throws, std::bad_alloc, and std::system_error without a readable /proc.
/// For one thread: the judge may have no other. Processes that the judge started before are left
/// alone (see Descendants for the one gap). Cost: a few milliseconds on top of the child's own
/// time.
Traces run(const Launch& launch);

}  // namespace racepair::judge
