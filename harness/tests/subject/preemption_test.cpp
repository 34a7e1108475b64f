#include "subject/preemption.hpp"

#include <errno.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <thread>
#include <vector>

namespace racepair::subject {
namespace {

bool may_be_hit() {
    sigset_t set;
    pthread_sigmask(SIG_SETMASK, nullptr, &set);
    return sigismember(&set, SIGURG) == 0;
}

void mask_alarm(int how) {
    sigset_t alarm;
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGURG);
    pthread_sigmask(how, &alarm, nullptr);
}

/// The alarm goes to any thread of the process that lets it through: never to the one that runs the
/// tests, or it would take part in them.
class Preemption : public testing::Test {
   protected:
    void SetUp() override { mask_alarm(SIG_BLOCK); }
    void TearDown() override { mask_alarm(SIG_UNBLOCK); }
};

/// In a thread of its own: what is done to a signal mask stays there.
template <class Part>
void in_a_thread(Part part) {
    std::thread(part).join();
}

TEST_F(Preemption, HitsNobodyButMembersAtWork) {
    in_a_thread([] {
        mask_alarm(SIG_UNBLOCK);
        start_preemption();
        EXPECT_FALSE(may_be_hit());
        in_a_thread([] {
            EXPECT_FALSE(may_be_hit()) << "inherited";
            expect_members(1);
            begin_work();
            EXPECT_TRUE(may_be_hit());
            end_work();
            EXPECT_FALSE(may_be_hit());
        });
        stop_preemption();
    });
}

/// A member that is hit time and again, and checks that it does not notice.
void be_hit() {
    begin_work();
    for (int i = 0; i < 100; ++i) {
        errno = 77;
        raise(SIGURG);  // as the alarm does
        EXPECT_EQ(errno, 77);
    }
    end_work();
}

TEST_F(Preemption, NeverStopsTheLastMember) {
    in_a_thread([] {
        start_preemption();
        for (int trial = 0; trial < 3; ++trial) {
            expect_members(1);
            be_hit();
        }
        stop_preemption();
    });
}

TEST_F(Preemption, StopsNobodyForEver) {
    in_a_thread([] {
        start_preemption();
        for (const unsigned members : {2, 8}) {
            expect_members(static_cast<int>(members));
            std::vector<std::thread> all;
            for (unsigned i = 0; i < members; ++i) all.emplace_back(be_hit);
            for (auto& member : all) member.join();
        }
        stop_preemption();
    });
}

/// A member that is stopped while nobody finishes.
void be_stopped_in_vain(int members) {
    expect_members(members);
    begin_work();
    raise(SIGURG);
}

TEST_F(Preemption, PausesLongerAfterAStopInVain) {
    in_a_thread([] {
        start_preemption();
        be_stopped_in_vain(2);
        const auto once = pause_until_alarm_ns();
        EXPECT_GE(once, 2 * shortest_pause_ns);
        raise(SIGURG);
        EXPECT_GE(pause_until_alarm_ns(), 2 * once);
        for (int i = 0; i < 20; ++i) raise(SIGURG);
        EXPECT_LT(pause_until_alarm_ns(), 1'000'000'000) << "what the kernel takes";
        end_work();
        stop_preemption();
    });
}

TEST_F(Preemption, BeginsEachTrialWithTheShortestPause) {
    in_a_thread([] {
        start_preemption();
        be_stopped_in_vain(2);
        end_work();
        ASSERT_GT(pause_until_alarm_ns(), shortest_pause_ns);
        expect_members(2);
        EXPECT_EQ(pause_until_alarm_ns(), shortest_pause_ns);
        stop_preemption();
    });
}

TEST_F(Preemption, PausesShortAgainAfterAStopOfUse) {
    in_a_thread([] {
        constexpr int members = 1'000'000'000;
        start_preemption();
        be_stopped_in_vain(members);
        ASSERT_GT(pause_until_alarm_ns(), shortest_pause_ns);
        std::atomic<bool> seen = false;
        std::thread others([&] {
            while (!seen) {
                begin_work();
                end_work();
            }
        });
        // Each stop ends at once, because another member finishes.
        int stops = 0;
        while (pause_until_alarm_ns() != shortest_pause_ns && stops < 10'000) {
            raise(SIGURG);
            ++stops;
        }
        EXPECT_LT(stops, 10'000);
        seen = true;
        others.join();
        end_work();
        stop_preemption();
    });
}

TEST_F(Preemption, MayBeStoppedAndStartedAgain) {
    in_a_thread([] {
        stop_preemption();
        for (int i = 0; i < 10; ++i) {
            start_preemption();
            start_preemption();
            stop_preemption();
            stop_preemption();
        }
    });
}

}  // namespace
}  // namespace racepair::subject
