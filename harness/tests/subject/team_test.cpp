#include "racepair/team.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "racepair/order.hpp"
#include "subject/spread.hpp"

namespace racepair {
namespace {

class TeamOf : public testing::TestWithParam<int> {};

INSTANTIATE_TEST_SUITE_P(Members, TeamOf, testing::Values(1, 2, 50),
                         testing::PrintToStringParamName());

TEST_P(TeamOf, KnowsItsScope) {
    const Team team({.threads = GetParam(), .rounds = 7});
    EXPECT_EQ(team.threads(), GetParam());
    EXPECT_EQ(team.rounds(), 7);
}

TEST_P(TeamOf, HasEachMemberWorkOnceWithItsIndex) {
    Team team({.threads = GetParam()});
    // No atomic: that each member's work happens before run() returns is part of the promise.
    std::vector<int> calls(static_cast<std::size_t>(GetParam()));
    for (int trial = 1; trial <= 50; ++trial) {
        team.run([&](int index) { ++calls.at(static_cast<std::size_t>(index)); });
        EXPECT_TRUE(std::all_of(calls.begin(), calls.end(), [&](int all) { return all == trial; }))
            << "trial " << trial;
    }
}

TEST_P(TeamOf, WorksWithoutAnIndexToo) {
    Team team({.threads = GetParam()});
    std::atomic<int> calls = 0;
    for (int trial = 0; trial < 10; ++trial) team.run([&] { ++calls; });
    EXPECT_EQ(calls, 10 * GetParam());
}

TEST_P(TeamOf, HasAThreadForEachMemberAndKeepsIt) {
    Team team({.threads = GetParam()});
    std::vector<std::thread::id> first(static_cast<std::size_t>(GetParam())), second = first;
    team.run(
        [&](int index) { first.at(static_cast<std::size_t>(index)) = std::this_thread::get_id(); });
    team.run([&](int index) {
        second.at(static_cast<std::size_t>(index)) = std::this_thread::get_id();
    });
    EXPECT_EQ(first, second);
    const std::set<std::thread::id> ids(first.begin(), first.end());
    EXPECT_EQ(ids.size(), first.size());
    EXPECT_EQ(ids.count(std::this_thread::get_id()), 0u);
}

TEST_P(TeamOf, HasAllMembersAtWorkAtTheSameTime) {
    Team team({.threads = GetParam()});
    for (int trial = 0; trial < 10; ++trial) {
        Order all;
        team.run([&] {
            all.arrive();
            all.await(team.threads());  // would never end if one waited for another's end
        });
    }
}

TEST_P(TeamOf, LetsEachRunSeeTheOneBefore) {
    Team team({.threads = GetParam()});
    int value = 0;
    for (int trial = 1; trial <= 50; ++trial) {
        std::vector<int> seen(static_cast<std::size_t>(GetParam()), -1);
        value = trial;
        team.run([&](int index) { seen.at(static_cast<std::size_t>(index)) = value; });
        EXPECT_EQ(std::count(seen.begin(), seen.end(), trial), GetParam());
    }
}

TEST_P(TeamOf, MayNeverWork) { Team team({.threads = GetParam()}); }

TEST(Team, WorkIsNotCopied) {
    Team team({.threads = 2});
    struct Work {
        std::array<int, 2> calls{};
        void operator()(int index) { ++calls.at(static_cast<std::size_t>(index)); }
    } work;
    team.run(work);
    team.run(work);
    EXPECT_EQ(work.calls, (std::array<int, 2>{2, 2}));
}

TEST(Team, SeveralMayExistOneAfterTheOther) {
    for (int round = 0; round < 20; ++round) {
        Team team({.threads = 3});
        std::atomic<int> calls = 0;
        team.run([&] { ++calls; });
        EXPECT_EQ(calls, 3);
    }
}

TEST(Team, SeveralMayExistAtOnce) {
    Team one({.threads = 2}), other({.threads = 2});
    std::atomic<int> calls = 0;
    one.run([&] { ++calls; });
    other.run([&] { ++calls; });
    one.run([&] { ++calls; });
    EXPECT_EQ(calls, 6);
}

/// The CPUs that the calling thread may use.
std::set<int> cpus() {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    sched_getaffinity(0, sizeof allowed, &allowed);
    std::set<int> all;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
        if (CPU_ISSET(cpu, &allowed)) all.insert(cpu);
    return all;
}

TEST(Team, HasItsMembersOnEachCpuInTurnOnceTheyAreSpread) {
    const auto all = cpus();
    Team team({.threads = 2 * static_cast<int>(all.size())});
    std::vector<std::set<int>> seen(static_cast<std::size_t>(team.threads()));
    const auto look = [&](int index) { seen.at(static_cast<std::size_t>(index)) = cpus(); };
    team.run(look);
    for (const auto& member : seen) EXPECT_EQ(member, all) << "not yet spread";

    subject::spread_members();
    team.run(look);
    subject::gather_members();
    std::vector<int> places;
    for (const auto& member : seen) {
        ASSERT_EQ(member.size(), 1u);
        places.push_back(*member.begin());
    }
    std::vector<int> in_turn(all.begin(), all.end());
    in_turn.insert(in_turn.end(), all.begin(), all.end());
    EXPECT_EQ(places, in_turn);
    EXPECT_EQ(cpus(), all) << "this thread is no member";

    Team next({.threads = 1});
    next.run([&] { EXPECT_EQ(cpus(), all) << "gathered again"; });
}

TEST(TeamDeathTest, AnExceptionThatLeavesTheWorkEndsTheProcess) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    EXPECT_DEATH(
        {
            Team team({.threads = 2});
            team.run([] { throw 17; });
        },
        "terminate");
}

}  // namespace
}  // namespace racepair
