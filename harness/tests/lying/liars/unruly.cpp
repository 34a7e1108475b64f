// unruly: subjects whose trials are right, but who try to spoil the evidence beside them.

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "racepair/case.hpp"

namespace unruly {

/// Leaves a process that has fled into a session of its own and holds all pipes open.
struct LeavesOrphan {
    void work() {
        static bool done = false;
        if (done) return;
        done = true;
        const pid_t between = fork();
        if (between != 0) {
            waitpid(between, nullptr, 0);
            return;
        }
        setsid();
        if (const pid_t orphan = fork(); orphan != 0) {
            dprintf(STDOUT_FILENO, "orphan %d\n", static_cast<int>(orphan));
            _exit(0);
        }
        alarm(120);
        while (true) pause();
    }
};

/// From the fifth trial on there are two of this process, and both run trials.
struct Forks {
    void work() {
        static int trials = 0;
        if (++trials == 5) fork();
    }
};

/// Prints more than anyone keeps, and what would be evidence if it stood elsewhere.
struct Floods {
    void work() {
        const std::string alarming =
            "WARNING: ThreadSanitizer: data race (pid=1)\n{\"record\":\"bye\"}\n{\n";
        for (int i = 0; i < 10'000; ++i) {
            std::fwrite(alarming.data(), 1, alarming.size(), stdout);
            std::fwrite(alarming.data(), 1, alarming.size(), stderr);
        }
    }
};

constexpr auto do_work = [](auto& variant) {
    variant.work();
    return 1;
};

}  // namespace unruly

using namespace unruly;

RACEPAIR_CASE("unruly.subject")
    .expects(1)
    .scenario(do_work)
    .fixed<LeavesOrphan>("leaves_orphan")
    .fixed<Forks>("forks")
    .fixed<Floods>("floods");

RACEPAIR_CASE("unruly.and_wrong")
    .expects(2)
    .needs_company()
    .scenario(do_work)
    .fixed<LeavesOrphan>("leaves_orphan")
    .fixed<Forks>("forks")
    .fixed<Floods>("floods");
