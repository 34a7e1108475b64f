#include "judge/subject_process.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <fstream>
#include <stdexcept>

#include "unruly.hpp"

namespace racepair::judge {
namespace {

using namespace std::chrono_literals;

// With a limit that the child can miss on a busy machine before it has said who it is: then again.
Traces run_until_hung(Launch launch) {
    Traces traces;
    for (launch.time_limit = 300ms; traces.evidence.empty(); launch.time_limit *= 2) {
        traces = run(launch);
        EXPECT_EQ(traces.ending.how, Ended::hung);
        EXPECT_GE(traces.ending.wall, launch.time_limit);
    }
    return traces;
}

TEST(SubjectProcess, TellsTheExitStatus) {
    const Traces traces = run(shell("exit 7"));
    EXPECT_EQ(traces.ending.how, Ended::exited);
    EXPECT_EQ(traces.ending.code, 7);
    EXPECT_EQ(traces.ending.detail, "");
    EXPECT_EQ(traces.ending.orphans, 0);
    EXPECT_EQ(traces.ending.survivors, 0);
    EXPECT_TRUE(has_no_child());
}

TEST(SubjectProcess, TellsTheSignal) {
    const Traces traces = run(unruly("raise", std::to_string(SIGSEGV)));
    EXPECT_EQ(traces.ending.how, Ended::signalled);
    EXPECT_EQ(traces.ending.code, SIGSEGV);
}

TEST(SubjectProcess, TellsASigkillOfTheChildsOwnFromItsOwn) {
    const Traces traces = run(shell("kill -KILL $$"));
    EXPECT_EQ(traces.ending.how, Ended::signalled);
    EXPECT_EQ(traces.ending.code, SIGKILL);
}

TEST(SubjectProcess, EndsAHang) {
    const Traces traces = run_until_hung(unruly("hang"));
    expect_all_gone(traces.evidence);
    EXPECT_EQ(traces.ending.code, 0);
    EXPECT_NE(traces.ending.detail.find("did not end within"), std::string::npos);
}

TEST(SubjectProcess, EndsAHangThatIgnoresSignals) {
    expect_all_gone(run_until_hung(unruly("hang_deaf")).evidence);
}

TEST(SubjectProcess, EndsAHangThatLooksLikeAZombie) {
    expect_all_gone(run_until_hung(unruly("hang_in_thread")).evidence);
}

TEST(SubjectProcess, EndsAHangThatClosedItsPipes) {
    expect_all_gone(run_until_hung(unruly("close_pipes_and_hang")).evidence);
}

TEST(SubjectProcess, EndsAHangThatStoppedItself) {
    expect_all_gone(run_until_hung(shell("echo $$" + to_evidence + "; kill -STOP $$")).evidence);
}

TEST(SubjectProcess, MayBeGivenNoTimeAtAll) {
    Launch launch = unruly("hang");
    launch.time_limit = 0ms;
    EXPECT_EQ(run(launch).ending.how, Ended::hung);
    EXPECT_TRUE(has_no_child());
}

TEST(SubjectProcess, MayBeGivenAllTimeThereIs) {
    Launch launch = shell("exit 3");
    launch.time_limit = std::chrono::milliseconds::max();
    EXPECT_EQ(run(launch).ending.code, 3);
}

TEST(SubjectProcess, SaysThatTheProgramIsMissing) {
    const Traces traces = run({.command = {"/no/such program"}});
    EXPECT_EQ(traces.ending.how, Ended::not_started);
    EXPECT_EQ(traces.ending.detail, "cannot start /no/such program: No such file or directory");
    EXPECT_TRUE(has_no_child());
}

TEST(SubjectProcess, SaysThatTheProgramIsNotExecutable) {
    const Traces traces = run({.command = {"/etc/passwd"}});
    EXPECT_EQ(traces.ending.how, Ended::not_started);
    EXPECT_EQ(traces.ending.detail, "cannot start /etc/passwd: Permission denied");
}

TEST(SubjectProcess, SaysThatTheProgramHasABadFormat) {
    const TemporaryDirectory directory;
    std::ofstream(directory / "text") << "not a program\n";
    chmod((directory / "text").c_str(), 0700);
    const Traces traces = run({.command = {directory / "text"}});
    EXPECT_EQ(traces.ending.how, Ended::not_started);
    EXPECT_EQ(traces.ending.detail, "cannot start " + directory / "text" + ": Exec format error");
}

TEST(SubjectProcess, SaysThatThereIsNoCommand) {
    const Traces traces = run({});
    EXPECT_EQ(traces.ending.how, Ended::not_started);
    EXPECT_NE(traces.ending.detail.find("cannot start: command"), std::string::npos);
}

TEST(SubjectProcess, DoesNotTakeAnExitStatusOf127ForNotStarted) {
    const Traces traces = run(shell("exit 127"));
    EXPECT_EQ(traces.ending.how, Ended::exited);
    EXPECT_EQ(traces.ending.code, 127);
}

TEST(SubjectProcess, KeepsEvidenceAndLogApart) {
    const Traces traces = run(shell("echo out; echo err >&2; echo fact" + to_evidence));
    EXPECT_EQ(traces.evidence, "fact\n");
    EXPECT_EQ(traces.log, "out\nerr\n");
    EXPECT_EQ(traces.log_dropped, 0u);
    EXPECT_FALSE(traces.evidence_truncated);
}

TEST(SubjectProcess, HandsOverWholeLinesAsTheyArrive) {
    const TemporaryDirectory directory;
    const std::string fifo = directory / "fifo";
    ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
    // The child goes on only when its first line, and not yet the beginning of the second, has
    // been handed over.
    Launch launch = shell("printf '1\\n2'" + to_evidence + "; cat '" + fifo +
                          "'; printf '3\\n\\n4'" + to_evidence);
    std::vector<std::string> seen;
    launch.on_evidence = [&](std::string_view line) {
        seen.emplace_back(line);
        if (seen.size() == 1) std::ofstream(fifo) << "go\n";
    };
    const Traces traces = run(launch);
    EXPECT_EQ(seen, (std::vector<std::string>{"1", "23", ""}));
    EXPECT_EQ(traces.evidence, "1\n23\n\n4") << "the last line stays without a newline";
    EXPECT_EQ(traces.ending.how, Ended::exited);
}

TEST(SubjectProcess, ReadsWhatIsInThePipesWhenTheChildIsDead) {
    Launch launch = unruly("fill_pipes");
    std::string pid;
    launch.on_evidence = [&](std::string_view line) {
        if (!pid.empty()) return;
        pid = line;
        siginfo_t info;
        // Blocks until the child has ended, and leaves it to run() to reap it, if it has not yet.
        waitid(P_PID, static_cast<id_t>(std::stoi(pid)), &info, WEXITED | WNOWAIT);
    };
    launch.log_limit = 2'000'000;
    const Traces traces = run(launch);
    EXPECT_EQ(traces.ending.code, 0);
    EXPECT_EQ(traces.evidence.size(), pid.size() + 1 + 500'001);
    EXPECT_EQ(traces.log.size(), 500'001u);
}

TEST(SubjectProcess, KeepsWhatWasWrittenJustBeforeACrash) {
    const Traces traces = run(unruly("testify_and_crash"));
    EXPECT_EQ(traces.evidence, "last words\n");
    EXPECT_EQ(traces.ending.how, Ended::signalled);
    EXPECT_EQ(traces.ending.code, SIGABRT);
}

TEST(SubjectProcess, EndsAFloodOfEvidence) {
    Launch launch = unruly("flood_evidence");
    launch.evidence_limit = 100'500;
    std::size_t lines = 0;
    launch.on_evidence = [&](std::string_view line) { lines += line.size() == 1000; };
    const Traces traces = run(launch);
    EXPECT_EQ(traces.ending.how, Ended::flooded_evidence);
    EXPECT_TRUE(traces.evidence_truncated);
    EXPECT_EQ(traces.evidence.size(), 100'500u);
    EXPECT_EQ(lines, 100u);
    EXPECT_EQ(traces.ending.detail, "wrote more than 100500 bytes of evidence");
    EXPECT_TRUE(has_no_child());
}

TEST(SubjectProcess, AllowsExactlyTheEvidenceLimit) {
    Launch launch = shell("printf 12345" + to_evidence);
    launch.evidence_limit = 5;
    EXPECT_EQ(run(launch).ending.how, Ended::exited);
    launch.evidence_limit = 4;
    const Traces traces = run(launch);
    EXPECT_EQ(traces.ending.how, Ended::flooded_evidence) << "even though it ended at once";
    EXPECT_EQ(traces.evidence, "1234");
}

TEST(SubjectProcess, DropsTheMiddleOfAFloodOfLog) {
    Launch launch = unruly("flood_log");
    launch.log_limit = 1000;
    const Traces traces = run(launch);
    EXPECT_EQ(traces.ending.how, Ended::exited);
    EXPECT_EQ(traces.evidence, "done\n");
    EXPECT_EQ(traces.log_dropped, 6u + (10u << 20) + 5u - 1000u);
    EXPECT_LT(traces.log.size(), 1100u);
    EXPECT_TRUE(traces.log.starts_with("first\nxxx"));
    EXPECT_TRUE(traces.log.ends_with("xxxlast\n"));
}

TEST(SubjectProcess, EndsTheChildWhenTheListenerThrows) {
    Launch launch = unruly("hang");
    std::string pid;
    launch.on_evidence = [&](std::string_view line) {
        pid = line;
        throw std::runtime_error("enough");
    };
    EXPECT_THROW(run(launch), std::runtime_error);
    expect_all_gone(pid);
}

}  // namespace
}  // namespace racepair::judge
