#include "judge/child_start.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "unruly.hpp"

namespace racepair::judge {
namespace {

constexpr unsigned long query = 0xffffffff;  // for personality()

// From here on the call fails with this error, unless its first argument is `allowed`.
void forbid(long call, int error, unsigned allowed = 0xffffffff) {
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 2),  // else: allow
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, allowed, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(error)),
    };
    sock_fprog filter{sizeof program / sizeof *program, program};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) std::_Exit(90);
}

TEST(ChildStart, TurnsAslrOff) {
    Launch launch = unruly("show_personality");
    launch.aslr_off = true;
    const Traces traces = run(launch);
    EXPECT_EQ(std::stoul(traces.evidence, nullptr, 16) & ADDR_NO_RANDOMIZE, ADDR_NO_RANDOMIZE + 0u);
    EXPECT_TRUE(traces.ending.aslr_off);
    EXPECT_EQ(traces.ending.aslr_failure, "");
}

TEST(ChildStart, TellsTheAslrItInherits) {
    const Traces traces = run(unruly("show_personality"));
    const bool is_off = (std::stoul(traces.evidence, nullptr, 16) & ADDR_NO_RANDOMIZE) != 0;
    EXPECT_EQ(traces.ending.aslr_off, is_off);
    const int before = personality(query);
    personality(static_cast<unsigned>(before ^ ADDR_NO_RANDOMIZE));
    EXPECT_EQ(run(unruly("show_personality")).ending.aslr_off, !is_off);
    personality(static_cast<unsigned>(before));
}

TEST(ChildStart, StartsTheChildWhenAslrCannotBeTurnedOff) {
    EXPECT_EXIT(
        {
            personality(static_cast<unsigned>(personality(query) & ~ADDR_NO_RANDOMIZE));
            forbid(SYS_personality, EPERM);
            Launch launch = unruly("exit", "5");
            launch.aslr_off = true;
            const Ending ending = run(launch).ending;
            std::cerr << ending.aslr_failure;
            std::_Exit(ending.aslr_off ? 1 : ending.code);
        },
        ::testing::ExitedWithCode(5), "personality.ADDR_NO_RANDOMIZE.: Operation not permitted");
}

TEST(ChildStart, WorksOnKernelsWithoutPidfd) {
    EXPECT_EXIT(
        {
            forbid(SYS_pidfd_open, ENOSYS);
            const Traces traces = run(unruly("leave_daemon"));
            const bool good = traces.ending.how == Ended::exited && traces.ending.orphans == 1;
            std::_Exit(good ? 0 : 1);
        },
        ::testing::ExitedWithCode(0), "");
}

TEST(ChildStart, HandsOnNoDescriptorsButItsOwn) {
    const int leak = dup(0);  // not close-on-exec
    const int high_leak = fcntl(0, F_DUPFD, 300);
    ASSERT_GE(leak, 0);
    ASSERT_GE(high_leak, 0);
    std::vector<std::string> seen = lines_of(run(unruly("list_descriptors")).evidence);
    close(leak), close(high_leak);
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(seen, (std::vector<std::string>{"0 /dev/null", "1 pipe", "2 pipe", "evidence pipe"}));
}

TEST(ChildStart, LeavesNoDescriptorOpenInTheJudge) {
    const auto count = [] {
        std::size_t open = 0;
        for (int number = 0; number < 1024; ++number) open += fcntl(number, F_GETFD) >= 0;
        return open;
    };
    const std::size_t before = count();
    run(shell("exit 0"));
    run({.command = {"/no/such/program"}});
    EXPECT_EQ(count(), before);
}

// Where descriptors 0 to 2 are free, the judge's own pipes come to lie there.
TEST(ChildStart, WorksWithStandardStreamsClosed) {
    for (int closed = 1; closed < 8; ++closed) {
        EXPECT_EXIT(
            {
                for (int stream = 0; stream < 3; ++stream) {
                    if ((closed >> stream & 1) != 0) close(stream);
                }
                const Traces traces =
                    run(shell("readlink /proc/$$/fd/0; echo err >&2; echo fact" + to_evidence));
                std::_Exit(traces.log == "/dev/null\nerr\n" && traces.evidence == "fact\n" ? 0 : 1);
            },
            ::testing::ExitedWithCode(0), "")
            << "closed: " << closed;
    }
}

TEST(ChildStart, HandsOnNoSignalMaskOrDisposition) {
    sigset_t some, before;
    sigemptyset(&some);
    sigaddset(&some, SIGTERM);
    sigaddset(&some, SIGCHLD);
    sigprocmask(SIG_BLOCK, &some, &before);
    const auto old_pipe = signal(SIGPIPE, SIG_IGN);
    const auto old_child = signal(SIGCHLD, SIG_IGN);
    const Traces traces = run(unruly("show_status"));
    const auto child_after = signal(SIGCHLD, old_child);
    signal(SIGPIPE, old_pipe);
    sigprocmask(SIG_SETMASK, &before, nullptr);
    EXPECT_NE(traces.evidence.find("SigBlk:\t0000000000000000\n"), std::string::npos);
    EXPECT_NE(traces.evidence.find("SigIgn:\t0000000000000000\n"), std::string::npos);
    EXPECT_NE(traces.evidence.find("NoNewPrivs:\t1\n"), std::string::npos);
    EXPECT_EQ(child_after, SIG_IGN) << "the judge has its own back";
}

TEST(ChildStart, WorksInAJudgeThatIgnoresSigchld) {
    const auto before = signal(SIGCHLD, SIG_IGN);
    const Traces traces = run(unruly("exit", "6"));
    signal(SIGCHLD, before);
    EXPECT_EQ(traces.ending.how, Ended::exited);
    EXPECT_EQ(traces.ending.code, 6);
}

TEST(ChildStart, DumpsNoCore) { EXPECT_EQ(run(unruly("show_core_limit")).evidence, "0 0"); }

TEST(ChildStart, SetsTheEnvironmentOnTopOfItsOwn) {
    setenv("RACEPAIR_TEST_KEPT", "kept", 1);
    setenv("RACEPAIR_TEST_CHANGED", "old", 1);
    setenv("RACEPAIR_EVIDENCE_FD", "0", 1);  // as when the judge is a subject itself
    Launch launch = unruly("show_variable", "RACEPAIR_TEST_KEPT");
    launch.environment = {{"RACEPAIR_TEST_CHANGED", "two words"}, {"RACEPAIR_EVIDENCE_FD", "1"}};
    EXPECT_EQ(run(launch).evidence, "kept");
    launch.command.back() = "RACEPAIR_TEST_CHANGED";
    EXPECT_EQ(run(launch).evidence, "two words");
    unsetenv("RACEPAIR_EVIDENCE_FD");
}

TEST(ChildStart, StartsAProgramWithSpacesInItsPath) {
    const TemporaryDirectory directory;
    std::filesystem::create_symlink(RACEPAIR_UNRULY_CHILD, directory / "a child");
    const Traces traces = run({.command = {directory / "a child", "exit", "4"}});
    EXPECT_EQ(traces.ending.code, 4);
}

void allow_descriptors(rlim_t below) {
    rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = below;
    setrlimit(RLIMIT_NOFILE, &limit);
}

TEST(ChildStart, SaysThatThereAreNoDescriptorsLeft) {
    EXPECT_EXIT(
        {
            allow_descriptors(64);
            int last = -1;
            for (int next = dup(0); next >= 0; next = dup(0)) last = next;
            close(last);
            close(last - 1);
            const Ending ending = run(shell("exit 0")).ending;
            std::cerr << ending.detail;
            std::_Exit(ending.how == Ended::not_started ? 0 : 1);
        },
        ::testing::ExitedWithCode(0), "cannot start /bin/sh: .*: Too many open files");
}

TEST(ChildStart, WorksWithFewDescriptors) {
    EXPECT_EXIT(
        {
            allow_descriptors(64);
            std::_Exit(run(shell("echo here" + to_evidence)).evidence == "here\n" ? 0 : 1);
        },
        ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace racepair::judge
