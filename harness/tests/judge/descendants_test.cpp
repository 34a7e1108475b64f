#include "judge/descendants.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "unruly.hpp"

namespace racepair::judge {
namespace {

TEST(Descendants, EndsADaemonThatHoldsThePipes) {
    const Traces traces = run(unruly("leave_daemon"));
    EXPECT_EQ(traces.ending.how, Ended::exited);
    EXPECT_EQ(traces.ending.orphans, 1);
    expect_all_gone(traces.evidence);
    EXPECT_TRUE(has_no_child());
}

TEST(Descendants, EndsADaemonOfAChildThatHadToBeEnded) {
    Launch launch = unruly("leave_daemon_and_flood");
    launch.evidence_limit = 100;
    const Traces traces = run(launch);
    EXPECT_EQ(traces.ending.how, Ended::flooded_evidence);
    EXPECT_EQ(traces.ending.orphans, 1);
    expect_all_gone(lines_of(traces.evidence).front());
}

TEST(Descendants, EndsAProcessLeftInTheGroup) {
    const Traces traces = run(unruly("leave_in_group"));
    EXPECT_EQ(traces.ending.how, Ended::exited);
    EXPECT_EQ(traces.ending.orphans, 1);
    expect_all_gone(traces.evidence);
}

TEST(Descendants, EndsADaemonThatFleesByForking) {
    const TemporaryDirectory directory;
    const std::string path = directory / "lock";
    const int file = open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    const Traces traces = run(unruly("leave_fleeing", path));
    EXPECT_EQ(traces.ending.how, Ended::exited);
    EXPECT_EQ(traces.ending.code, 0);
    EXPECT_EQ(traces.ending.survivors, 0);
    EXPECT_EQ(flock(file, LOCK_EX | LOCK_NB), 0) << "one of them still holds the lock";
    EXPECT_TRUE(has_no_child());
    close(file);
}

// A child of ours from before the run, which does something during the run.
class Neighbour {
   public:
    /// `deed` returns in the child the number of a process to be watched.
    explicit Neighbour(pid_t (*deed)()) {
        if (pipe(to_) != 0 || pipe(from_) != 0) throw std::runtime_error("pipe");
        pid_ = fork();
        if (pid_ != 0) return;
        alarm(60);
        char byte;
        if (read(to_[0], &byte, 1) != 1) std::_Exit(1);
        const pid_t watched = deed();
        if (write(from_[1], &watched, sizeof watched) < 0) std::_Exit(1);
        if (watched != getpid()) std::_Exit(0);
        while (true) pause();
    }
    ~Neighbour() {
        for (const int end : {to_[0], to_[1], from_[0], from_[1]}) close(end);
    }

    /// Has it do its deed; waits for its end if it is not the one to be watched.
    void act() {
        EXPECT_EQ(write(to_[1], ".", 1), 1);
        EXPECT_EQ(read(from_[0], &watched_, sizeof watched_), ssize_t{sizeof watched_});
        if (watched_ != pid_) waitpid(pid_, nullptr, 0);
    }
    void expect_alive() {
        EXPECT_EQ(waitpid(watched_, nullptr, WNOHANG), 0) << "a child of ours, and not dead";
        kill(watched_, SIGKILL);
        EXPECT_EQ(waitpid(watched_, nullptr, 0), watched_);
    }

   private:
    int to_[2], from_[2];
    pid_t pid_ = 0, watched_ = 0;
};

TEST(Descendants, LeavesTheProcessesOfOthersAlone) {
    Neighbour starts_a_session([] { return setsid(); });
    Neighbour leaves_an_orphan([] {
        const pid_t orphan = fork();
        alarm(60);
        while (orphan == 0) pause();
        return orphan;
    });
    Launch launch = shell("echo go" + to_evidence);
    launch.on_evidence = [&](std::string_view) {
        starts_a_session.act();
        leaves_an_orphan.act();
    };
    const Traces traces = run(launch);
    EXPECT_EQ(traces.ending.orphans, 0);
    starts_a_session.expect_alive();
    leaves_an_orphan.expect_alive();
}

TEST(Descendants, DiesWithTheJudge) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t judge = fork();
    if (judge == 0) {
        Launch launch = unruly("hang");
        launch.on_evidence = [&](std::string_view line) {
            const pid_t subject = std::stoi(std::string(line));
            if (write(ends[1], &subject, sizeof subject) < 0) std::_Exit(1);
        };
        run(launch);
        std::_Exit(0);
    }
    pid_t subject = 0;
    ASSERT_EQ(read(ends[0], &subject, sizeof subject), static_cast<ssize_t>(sizeof subject));
    kill(judge, SIGKILL);
    EXPECT_EQ(waitpid(judge, nullptr, 0), judge);
    int status = 0;
    EXPECT_EQ(waitpid(subject, &status, 0), subject) << "re-parented to us";
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), SIGKILL) << "not its own alarm";
    prctl(PR_SET_CHILD_SUBREAPER, 0);
    close(ends[0]), close(ends[1]);
}

TEST(Descendants, WorksInSeveralJudgesAtATime) {
    std::vector<pid_t> judges;
    for (int i = 0; i < 4; ++i) {
        judges.push_back(fork());
        if (judges.back() != 0) continue;
        const Traces traces = run(unruly("leave_daemon"));
        const bool good = traces.ending.how == Ended::exited && traces.ending.orphans == 1 &&
                          is_gone(std::stoi(traces.evidence));
        std::_Exit(good ? 0 : 1);
    }
    for (const pid_t judge : judges) {
        int status = -1;
        EXPECT_EQ(waitpid(judge, &status, 0), judge);
        EXPECT_EQ(status, 0);
    }
}

void expect_over_memory(const std::string& deed, int orphans) {
    Launch launch = unruly(deed);
    launch.memory_limit = 100 << 20;
    const Traces traces = run(launch);
    EXPECT_EQ(traces.ending.how, Ended::over_memory);
    EXPECT_NE(traces.ending.detail.find("allowed 104857600"), std::string::npos);
    EXPECT_EQ(traces.ending.orphans, orphans);
    EXPECT_TRUE(has_no_child());
}

TEST(Descendants, BoundsTheMemoryOfTheChild) { expect_over_memory("touch", 0); }
TEST(Descendants, BoundsTheMemoryOfAGrandchild) { expect_over_memory("touch_in_child", 1); }
TEST(Descendants, BoundsTheMemoryOfADaemon) { expect_over_memory("touch_in_daemon", 1); }

}  // namespace
}  // namespace racepair::judge
