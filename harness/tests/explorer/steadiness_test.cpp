// An exploration comes to the same end each time, keeps nothing from one execution to the next, and
// needs no more memory after a million of them.

#include <gtest/gtest.h>

#include "exploration.hpp"

namespace racepair::explored {
namespace {

// All that an exploration says, but for what differs by time and place in memory.
std::string without_times(const Exploration& exploration) {
    std::map<std::string, long> outcomes;
    std::string said;
    for (auto record : exploration.records) {
        const auto type = record.value("record", "");
        if (type == "trials" || type == "progress") continue;  // sent when so much time has passed
        record.erase("microseconds");
        record.erase("accesses");
        if (type == "schedule") record = without_places(record);
        if (type == "report") record = {{"kind", record["kind"]}, {"trial", record["trial"]}};
        said += record.dump() + "\n";
    }
    for (const auto& [outcome, count] : exploration.outcomes())
        said += outcome + ": " + std::to_string(count) + "\n";
    return said;
}

class SaidAgain : public testing::TestWithParam<Words> {};

INSTANTIATE_TEST_SUITE_P(
    Strategies, SaidAgain,
    testing::Values(Words{"--strategy", "dpor"},
                    Words{"--strategy", "random", "--seed", "7", "--executions", "200"},
                    Words{"--strategy", "pct", "--seed", "7", "--executions", "200"},
                    Words{"--strategy", "round-robin"}),
    [](const auto& words) {
        std::string name = words.param.at(1);
        std::erase(name, '-');
        return name;
    });

TEST_P(SaidAgain, IsTheSameInAHundredRuns) {
    Words words{"--threads", "2", "--rounds", "2"};
    words.insert(words.end(), GetParam().begin(), GetParam().end());
    for (const char* variant : {"counters.plain_counter.racy", "faults.wrong.ab_ba"}) {
        const auto first = without_times(explore(variant, words));
        ASSERT_NE(first.find("explored"), std::string::npos);
        for (int run = 0; run < 100; ++run)
            ASSERT_EQ(without_times(explore(variant, words)), first) << "run " << run;
    }
}

TEST(Executions, BeginWithTheVariablesThatTheProgramBeganWith) {
    const auto found = explore("memory.kept.globals");
    EXPECT_TRUE(found.exhausted()) << found;
    EXPECT_GE(found.executions(), 6);
    EXPECT_EQ(found.outcome_set(), std::set<std::string>{"1 8 1 41 4 1 made"});
}

TEST(Executions, GiveEachThreadFreshThreadLocalVariables) {
    for (const char* backend : {"fibers", "os-threads"}) {
        const auto found = explore("memory.kept.thread_locals", {"--backend", backend});
        EXPECT_TRUE(found.exhausted()) << found;
        EXPECT_GE(found.executions(), 2);
        EXPECT_EQ(found.outcome_set(), std::set<std::string>{"11 11 ax ax 11"});
        EXPECT_EQ(found.findings(), std::set<std::string>{}) << found;
    }
}

// A leak of 64 bytes in each execution would come to 64 MB.
TEST(Executions, NeedNoMoreMemoryAfterAMillion) {
    const auto run = [](const char* variant, const std::string& executions) {
        return explore(
            SubjectRun{.subject = RACEPAIR_EXPLORED,
                       .variant = variant,
                       .words = {"--threads", "2", "--rounds", "2", "--strategy", "random",
                                 "--executions", executions, "--budget-ms", "200000"},
                       .memory_limit = std::size_t{48} << 20});
    };
    for (const auto& [variant, executions] :
         {std::pair{"memory.kept.small", "1000000"}, {"memory.kept.litter", "100000"}}) {
        const auto found = run(variant, executions);
        EXPECT_EQ(found.ending.how, judge::Ended::exited) << found.ending.detail << found;
        EXPECT_EQ(found.executions(), std::stol(executions)) << found;
        EXPECT_EQ(found.outcome_set(), std::set<std::string>{"4"});
    }
}

}  // namespace
}  // namespace racepair::explored
