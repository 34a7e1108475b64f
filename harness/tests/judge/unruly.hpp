#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "judge/subject_process.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::judge {

inline std::ostream& operator<<(std::ostream& out, Ended how) {
    return out << static_cast<int>(how);
}

/// A child that does what unruly_child.cpp calls by this name.
inline Launch unruly(const std::string& deed, const std::string& detail = "") {
    return {.command = {RACEPAIR_UNRULY_CHILD, deed, detail}};
}

inline Launch shell(const std::string& script) { return {.command = {"/bin/sh", "-c", script}}; }

/// A redirection for such a script. dash cannot name descriptors of more than one digit, hence the
/// path.
inline const std::string to_evidence = " > /dev/fd/$RACEPAIR_EVIDENCE_FD";

inline std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// A zombie would still have its number: gone means reaped as well.
inline bool is_gone(pid_t pid) { return kill(pid, 0) == -1 && errno == ESRCH; }

/// `pids` has one number a line, and at least one.
inline void expect_all_gone(const std::string& pids) {
    EXPECT_FALSE(pids.empty());
    for (const std::string& pid : lines_of(pids)) EXPECT_TRUE(is_gone(std::stoi(pid))) << pid;
}

inline bool has_no_child() { return waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

}  // namespace racepair::judge
