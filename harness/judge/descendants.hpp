#pragma once

#include <signal.h>
#include <sys/types.h>

#include <cstddef>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace racepair::judge {

/// All processes that one launched child brings into being, also those that fled into a session of
/// their own or lost their parents. While an object lives, orphans among the descendants of the
/// calling process become its children (PR_SET_CHILD_SUBREAPER), so that none can get out of sight,
/// and SIGCHLD has its default disposition, so that none is reaped behind its back.
///
/// A process that descended from the caller before, and what descends from it, is never touched.
/// The one gap: if such a process leaves behind, during this time, an orphan in a new session, then
/// that orphan is taken for one of ours.
///
/// Needs a caller with one thread, a readable /proc, and at most one object at a time.
class Descendants {
   public:
    Descendants();
    Descendants(const Descendants&) = delete;
    Descendants& operator=(const Descendants&) = delete;
    /// Ends what is left, then restores SIGCHLD and the reaper role.
    ~Descendants();

    /// Names the child launched. It has to call setsid() before it runs foreign code: the session
    /// tells its orphans from those of others, and keeps it from joining the caller's group.
    void adopt(pid_t child) { child_ = child; }

    /// Resident bytes of all of them together; pages that they share count once for each.
    /// Reaps the dead ones, except the child. Cost: one walk of /proc, about 10 us a process.
    std::size_t reap_and_measure();

    struct Count {
        int outlived = 0;   ///< were alive besides the child when the ending began, or came later
        int survivors = 0;  ///< are still there, whatever was tried
    };
    /// Ends and reaps all of them, the child included, with SIGKILL. Gives up after five seconds:
    /// a process can be stuck in the kernel, or fork faster than it can be found.
    Count end_all();

   private:
    using Id = std::pair<pid_t, unsigned long long>;  // number and start time: unique until reboot
    struct Process {
        Id id;
        char state;
        pid_t parent, group, session;
        long threads, resident_pages;
    };
    using Table = std::unordered_map<pid_t, Process>;

    static bool is_alive(const Process&);
    static bool read_process(pid_t, Process&);
    static Table read_table();

    bool is_ours(const Process&, const Table&) const;
    std::vector<Process> ours() const;

    pid_t self_;
    pid_t child_ = 0;
    std::set<Id> others_;  // descendants of the caller that were there before
    std::set<pid_t> sessions_of_others_;
    int was_reaper_ = 0;
    struct sigaction old_sigchld_ {};
};

}  // namespace racepair::judge
