// The plain counter's schedules are known by their number: GenMC and Nidhugg find as many.

#include <gtest/gtest.h>

#include "exploration.hpp"

namespace racepair::explored {
namespace {

struct Known {
    const char* variant;
    int threads, rounds;
    long executions;
    std::set<std::string> outcomes;
};

void PrintTo(const Known& known, std::ostream* out) {
    *out << known.variant << ' ' << known.threads << 'x' << known.rounds;
}

std::string name_of(const testing::TestParamInfo<Known>& info) {
    return std::string(info.param.variant) + "_" + std::to_string(info.param.threads) + "x" +
           std::to_string(info.param.rounds);
}

Exploration explore_counter(const Known& known, Words words) {
    words.insert(words.end(), {"--threads", std::to_string(known.threads), "--rounds",
                               std::to_string(known.rounds)});
    return explore(std::string("counters.plain_counter.") + known.variant, words);
}

// Numbers from `from` to `to`, as text.
std::set<std::string> numbers(int from, int to) {
    std::set<std::string> all;
    for (int number = from; number <= to; ++number) all.insert(std::to_string(number));
    return all;
}

class CountedWithReduction : public testing::TestWithParam<Known> {};

INSTANTIATE_TEST_SUITE_P(
    Counter, CountedWithReduction,
    testing::Values(
        Known{"racy", 2, 1, 4, numbers(1, 2)}, Known{"racy", 2, 2, 34, numbers(2, 4)},
        Known{"racy", 2, 3, 328, numbers(2, 6)}, Known{"racy", 2, 4, 3'334, numbers(2, 8)},
        Known{"racy", 2, 5, 34'904, numbers(2, 10)}, Known{"racy", 3, 1, 36, numbers(1, 3)},
        Known{"racy", 3, 2, 7'134, numbers(2, 6)}, Known{"fixed", 2, 1, 2, {"2"}},
        Known{"fixed", 2, 2, 6, {"4"}}, Known{"fixed", 2, 3, 20, {"6"}},
        Known{"fixed", 3, 1, 6, {"3"}}, Known{"load_then_store", 2, 3, 328, numbers(2, 6)}),
    name_of);

TEST_P(CountedWithReduction, RunsEachInequivalentScheduleOnce) {
    const auto& known = GetParam();
    const auto found = explore_counter(known, {});
    EXPECT_EQ(found.executions(), known.executions) << found;
    EXPECT_EQ(found.outcome_set(), known.outcomes);
    EXPECT_EQ(found.number("blocked"), 0);
    EXPECT_EQ(found.number("infeasible"), 0);
    EXPECT_EQ(found.number("pending"), 0);
    EXPECT_TRUE(found.exhausted()) << found;
    EXPECT_EQ(found.limit(), "");
    const bool is_racy = std::string(known.variant) == "racy";
    EXPECT_EQ(found.findings(),
              is_racy ? std::set<std::string>{"data-race"} : std::set<std::string>{});
}

TEST_P(CountedWithReduction, BuildsTheSameTreeOnThreadsOfTheSystem) {
    const auto& known = GetParam();
    if (known.executions > 1'000) GTEST_SKIP() << "a switch between real threads takes too long";
    const auto fibers = explore_counter(known, {});
    const auto threads = explore_counter(known, {"--backend", "os-threads"});
    ASSERT_EQ(fibers.last("explored").value("backend", ""), "fibers");
    ASSERT_EQ(threads.last("explored").value("backend", ""), "os-threads");
    EXPECT_EQ(threads.executions(), known.executions);
    // In the order in which they were met, with how often.
    const auto trials = [](const Exploration& of) {
        Json order = Json::array();
        for (const auto& record : of.all("trials"))
            for (const auto& outcome : record.at("outcomes")) order.push_back(outcome);
        return order;
    };
    EXPECT_EQ(trials(fibers), trials(threads));
    EXPECT_EQ(fibers.last("schedule").value("text", "none"),
              threads.last("schedule").value("text", "none"));
    EXPECT_EQ(fibers.number("steps"), threads.number("steps"));
}

class CountedOneByOne : public testing::TestWithParam<Known> {};

INSTANTIATE_TEST_SUITE_P(Counter, CountedOneByOne,
                         testing::Values(Known{"racy", 2, 1, 6, numbers(1, 2)},
                                         Known{"racy", 2, 2, 70, numbers(2, 4)},
                                         Known{"racy", 2, 3, 924, numbers(2, 6)},
                                         Known{"racy", 2, 4, 12'870, numbers(2, 8)},
                                         Known{"racy", 3, 1, 90, numbers(1, 3)}),
                         name_of);

TEST_P(CountedOneByOne, RunsEachInterleaving) {
    const auto& known = GetParam();
    const auto found = explore_counter(known, {"--strategy", "every", "--count-traces"});
    EXPECT_EQ(found.executions(), known.executions) << found;
    EXPECT_EQ(found.outcome_set(), known.outcomes);
    EXPECT_TRUE(found.exhausted()) << found;
    EXPECT_EQ(found.number("traces"), explore_counter(known, {}).executions());
}

}  // namespace
}  // namespace racepair::explored
