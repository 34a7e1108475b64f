// What goes wrong in a program is found and called by its name; a correct sibling is silent; and
// what is beyond the explorer never counts as explored.

#include <gtest/gtest.h>

#include "exploration.hpp"

namespace racepair::explored {
namespace {

struct Fault {
    const char* variant;
    std::set<std::string> findings;
    std::set<std::string> outcomes;
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.variant; }

std::string name_of(const testing::TestParamInfo<Fault>& info) { return info.param.variant; }

class FaultExplored : public testing::TestWithParam<Fault> {};

TEST_P(FaultExplored, IsCalledByItsName) {
    const auto found = explore(std::string("faults.wrong.") + GetParam().variant);
    EXPECT_EQ(found.findings(), GetParam().findings) << found;
    EXPECT_EQ(found.outcome_set(), GetParam().outcomes) << found;
    EXPECT_TRUE(found.exhausted()) << found;
    EXPECT_EQ(found.trouble(), "");
    EXPECT_FALSE(found.last("schedule").value("text", "").empty());
    EXPECT_EQ(found.ending.how, judge::Ended::exited) << found;
}

TEST_P(FaultExplored, IsFoundByEnumerationToo) {
    if (GetParam().findings.contains("livelock"))
        GTEST_SKIP() << "two that go round until the limit have too many interleavings";
    const auto found = explore(std::string("faults.wrong.") + GetParam().variant,
                               {"--strategy", "every", "--count-traces"});
    EXPECT_EQ(found.findings(), GetParam().findings) << found;
    EXPECT_EQ(found.outcome_set(), GetParam().outcomes) << found;
    const auto reduced = explore(std::string("faults.wrong.") + GetParam().variant);
    EXPECT_EQ(reduced.executions(), found.number("traces"));
    EXPECT_EQ(reduced.number("infeasible"), 0);
    EXPECT_EQ(reduced.number("blocked"), 0);
}

INSTANTIATE_TEST_SUITE_P(
    All, FaultExplored,
    testing::Values(Fault{"ab_ba", {"deadlock", "lock-order-inversion"}, {"(dead-lock)", "0"}},
                    Fault{"orders_behind_an_open_gate", {"lock-order-inversion"}, {"0"}},
                    Fault{"half_gated_orders", {"lock-order-inversion"}, {"0"}},
                    Fault{"orders_one_after_the_other", {"lock-order-inversion"}, {"0"}},
                    Fault{"lost_wake_up", {"lost-wakeup"}, {"(lost wake-up)", "0"}},
                    Fault{"nobody_notifies", {"lost-wakeup"}, {"(lost wake-up)", "0"}},
                    Fault{"livelock", {"livelock"}, {"(livelock)", "0"}},
                    Fault{"spins_for_ever", {"livelock"}, {"(livelock)"}},
                    Fault{"use_after_free", {"data-race", "heap-use-after-free"}, {"1"}},
                    Fault{"double_free", {"double-free"}, {"0"}},
                    Fault{"unjoined", {"thread-leak"}, {"0"}},
                    Fault{"joins_twice", {"thread-misuse"}, {"0"}},
                    Fault{"unlocks_not_its_own", {"mutex-misuse"}, {"0"}},
                    Fault{"unlocks_twice", {"mutex-misuse"}, {"0"}},
                    Fault{"destroys_locked", {"mutex-misuse"}, {"0"}},
                    Fault{"locks_its_own", {"deadlock", "mutex-misuse"}, {"(dead-lock)"}},
                    Fault{"waits_without_the_mutex", {"condition-misuse"}, {"0"}},
                    Fault{"asserts", {"abort"}, {"(aborted)", "2"}},
                    Fault{"throws", {"abort"}, {"(aborted)"}},
                    Fault{"crashes", {"crash"}, {"(crashed)", "1"}}),
    name_of);

class SiblingExplored : public testing::TestWithParam<const char*> {};

TEST_P(SiblingExplored, IsSilent) {
    const auto found = explore(std::string("faults.right.") + GetParam());
    EXPECT_EQ(found.findings(), std::set<std::string>{}) << found;
    EXPECT_EQ(found.outcome_set().size(), 1u) << found;
    EXPECT_TRUE(found.exhausted()) << found;
    EXPECT_GE(found.executions(), 1);
}

INSTANTIATE_TEST_SUITE_P(All, SiblingExplored,
                         testing::Values("ab_ba", "gated_orders", "lost_wake_up", "nobody_notifies",
                                         "livelock", "use_after_free", "double_free", "unjoined",
                                         "asserts", "throws", "crashes"),
                         [](const auto& variant) { return std::string(variant.param); });

TEST(BeyondExploring, NamesWhatIsDecidedOutside) {
    const auto found = explore("faults.beyond.random_device");
    EXPECT_EQ(found.last("explored").value("because", ""), "unstable") << found;
    EXPECT_FALSE(found.exhausted());
    EXPECT_NE(found.limit().find("not deterministic"), std::string::npos) << found.limit();
}

TEST(BeyondExploring, EndsAtACallThatBlocksOutside) {
    const auto found = explore("faults.beyond.reads_a_pipe");
    EXPECT_EQ(found.trouble().rfind("limit:", 0), 0u) << found.trouble();
    EXPECT_NE(found.trouble().find("Remedy:"), std::string::npos);
    EXPECT_FALSE(found.exhausted());
    EXPECT_NE(found.ending.code, 0);
    EXPECT_EQ(found.ending.how, judge::Ended::exited) << found;
}

TEST(BeyondExploring, SaysThatAScheduleWasTooLong) {
    for (const auto* variant : {"never_ends", "after_you"}) {
        const auto found = explore(std::string("faults.beyond.") + variant, {"--steps", "50"});
        EXPECT_FALSE(found.exhausted()) << found;
        EXPECT_NE(found.limit().find("bound its loops"), std::string::npos) << found.limit();
    }
}

// What was not watched may have raced: nothing that was left unwatched is called explored.
TEST(BeyondExploring, SaysThatNotAllMemoryWasWatched) {
    const Words scope{"--threads", "2", "--rounds", "1"};
    EXPECT_TRUE(explore("kernels.threads.shifting_reads", scope).exhausted());
    Words once = scope;
    once.insert(once.end(), {"--restarts", "1"});
    const auto found = explore("kernels.threads.shifting_reads", once);
    EXPECT_FALSE(found.exhausted()) << found;
    EXPECT_NE(found.limit().find("not all of it was watched"), std::string::npos) << found.limit();
}

// Whether such a reader waits for such a writer is not explored.
TEST(BeyondExploring, SaysThatAWriterMayHavePrecedence) {
    const Words scope{"--threads", "2", "--rounds", "1"};
    EXPECT_TRUE(explore("kernels.locks.shared_twice", scope).exhausted());
    const auto found = explore("kernels.locks.shared_twice_by_writers", scope);
    EXPECT_FALSE(found.exhausted()) << found;
    EXPECT_NE(found.limit().find("writer has precedence"), std::string::npos) << found.limit();
}

TEST(BeyondExploring, SaysThatExecutionsWereLimited) {
    const auto found = explore("counters.plain_counter.fixed",
                               {"--threads", "2", "--rounds", "3", "--executions", "19"});
    EXPECT_EQ(found.executions(), 19);
    EXPECT_FALSE(found.exhausted());
    EXPECT_EQ(found.last("explored").value("because", ""), "executions");
}

}  // namespace
}  // namespace racepair::explored
