// Reduction against enumeration: of each program as many executions as it has inequivalent
// schedules, none of them given up, and nothing that only one of the two sees.

#include <gtest/gtest.h>

#include "exploration.hpp"

namespace racepair::explored {
namespace {

struct Kernel {
    const char* variant;
    std::set<std::string> outcomes;
    std::set<std::string> findings = {};
};

void PrintTo(const Kernel& kernel, std::ostream* out) { *out << kernel.variant; }

std::string name_of(const testing::TestParamInfo<Kernel>& info) {
    std::string name = info.param.variant;
    for (char& letter : name)
        if (letter == '.') letter = '_';
    return name;
}

class KernelExplored : public testing::TestWithParam<Kernel> {};

TEST_P(KernelExplored, RunsAsManyExecutionsAsThereAreInequivalentSchedules) {
    const std::string variant = std::string("kernels.") + GetParam().variant;
    const Words scope{"--threads", "2", "--rounds", "1"};
    Words all = scope;
    all.insert(all.end(), {"--strategy", "every", "--count-traces"});
    const auto reduced = explore(variant, scope);
    const auto every = explore(variant, all);
    ASSERT_TRUE(every.exhausted()) << every;
    EXPECT_TRUE(reduced.exhausted()) << reduced;
    EXPECT_EQ(reduced.executions(), every.number("traces"));
    EXPECT_EQ(reduced.number("blocked"), 0);
    EXPECT_EQ(reduced.number("infeasible"), 0);
    EXPECT_EQ(reduced.outcome_set(), every.outcome_set());
    EXPECT_EQ(reduced.outcome_set(), GetParam().outcomes);
    EXPECT_EQ(reduced.findings(), every.findings());
    EXPECT_EQ(reduced.findings(), GetParam().findings) << reduced;
    EXPECT_EQ(reduced.races(), every.races());
}

INSTANTIATE_TEST_SUITE_P(
    Locks, KernelExplored,
    testing::Values(Kernel{"locks.mutex", {"2"}}, Kernel{"locks.mutex_order", {"12", "21"}},
                    Kernel{"locks.two_mutexes", {"12 12", "12 21", "21 12", "21 21"}},
                    Kernel{"locks.try_lock", {"1", "2"}},
                    Kernel{"locks.try_then_lock", {"2 0", "2 1"}},
                    Kernel{"locks.timed_lock", {"1", "2"}}, Kernel{"locks.recursive", {"4"}},
                    Kernel{"locks.readers_writer", {"0 0", "0 1", "1 0", "1 1"}},
                    Kernel{"locks.two_readers", {"1", "2"}}, Kernel{"locks.shared_twice", {"true"}},
                    Kernel{"locks.try_shared_lock", {"-1 true", "0 false", "0 true", "1 true"}},
                    Kernel{"locks.two_philosophers", {"2"}}, Kernel{"locks.peterson", {"2"}},
                    Kernel{"locks.spin_lock", {"2"}}, Kernel{"locks.busy_spin_lock", {"2"}},
                    Kernel{"locks.ticket_lock", {"12", "21"}},
                    Kernel{"locks.compare_exchange", {"2"}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Waiting, KernelExplored,
    testing::Values(
        Kernel{"conditions.producer_consumer", {"42"}}, Kernel{"conditions.notify_unlocked", {"2"}},
        Kernel{"conditions.notify_all", {"12", "21"}},
        Kernel{"conditions.timed_wait", {"false", "true"}},
        Kernel{"conditions.timed_wait_once", {"false false", "false true", "true true"}},
        Kernel{"polls.timed_poll", {"0", "1"}}, Kernel{"conditions.any_condition", {"1"}},
        Kernel{"semaphores.semaphore_handover", {"42"}},
        Kernel{"semaphores.posix_semaphore", {"12", "21"}},
        Kernel{"semaphores.try_acquire", {"false true", "true false"}},
        Kernel{"barriers.barrier", {"1 1"}}, Kernel{"barriers.posix_barrier", {"1 1"}},
        Kernel{"barriers.latch", {"2"}}, Kernel{"conditions.atomic_wait", {"42"}},
        Kernel{"futures.promise_future", {"42"}}, Kernel{"futures.promise_exception", {"no value"}},
        Kernel{"futures.async", {"3"}}, Kernel{"once.call_once", {"1"}},
        Kernel{"once.call_once_throws", {"2 1"}}, Kernel{"once.local_static", {"1 1 1"}},
        Kernel{"polls.yield_loop", {"42"}}, Kernel{"polls.try_lock_loop", {"0", "1"}},
        Kernel{"polls.locked_poll", {"0", "1"}},
        Kernel{"polls.bounded_poll", {"false 0", "false 1", "true 0", "true 1"}},
        Kernel{"polls.bounded_busy_poll", {"false 0", "false 1", "true 0", "true 1"}},
        Kernel{"polls.counting_poll", {"0", "1"}}, Kernel{"conditions.stop_token", {"0", "1"}},
        Kernel{"polls.sleep_loop", {"1"}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Structures, KernelExplored,
    testing::Values(Kernel{"structures.message_passing", {"-1", "42"}},
                    Kernel{"structures.treiber_stack", {"1 2", "2 1"}},
                    Kernel{"structures.aba", {"0 1", "1 0", "1 2", "2 1"}},
                    Kernel{"structures.ring_buffer", {"0 0", "0 1", "1 0", "1 2"}},
                    Kernel{"structures.double_checked", {"1 1"}},
                    Kernel{"structures.double_checked_plain", {"1 1"}, {"data-race"}},
                    Kernel{"structures.shared_pointer", {"1"}},
                    Kernel{"structures.weak_pointer", {"0", "42"}},
                    Kernel{"structures.thread_local", {"3"}}, Kernel{"structures.detached", {"42"}},
                    Kernel{"structures.overlap", {"0 0", "0 1", "1 0", "1 1"}, {"data-race"}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(Threads, KernelExplored,
                         testing::Values(Kernel{"threads.joins_between",
                                                {"0 0", "0 1", "1 0", "1 1", "2 1"}},
                                         Kernel{"threads.news_by_mutex", {"-1", "42"}},
                                         Kernel{"threads.news_by_atomic", {"-1", "42"}},
                                         Kernel{"threads.nested_plain", {"42"}},
                                         Kernel{"threads.waits_among_many", {"9"}},
                                         Kernel{"threads.shifting_reads", {"0"}},
                                         Kernel{"threads.on_the_stack", {"0", "1"}, {"data-race"}}),
                         name_of);

const std::set<std::string> whole{"true 1 0 3 whole", "true 2 0 1 whole", "false 1 1 3 whole"};
const std::set<std::string> waited{"0 0", "0 1", "1 0", "1 1", "2 0", "2 1"};

INSTANTIATE_TEST_SUITE_P(WideAtomics, KernelExplored,
                         testing::Values(Kernel{"wide_atomics.whole_5_bytes", whole},
                                         Kernel{"wide_atomics.whole_16_bytes", whole},
                                         Kernel{"wide_atomics.whole_24_bytes", whole},
                                         Kernel{"wide_atomics.waits_for_8_bytes", waited},
                                         Kernel{"wide_atomics.waits_for_16_bytes", waited},
                                         Kernel{"wide_atomics.waits_for_24_bytes", waited},
                                         Kernel{"wide_atomics.counts", {"0 2 2", "1 1 2"}},
                                         Kernel{"wide_atomics.updates",
                                                {"22 2 8 14 6 -9 22 2 8 14 6 -9"}},
                                         Kernel{"wide_atomics.exchanges_in_place", {"2 1"}}),
                         name_of);

// Of libstdc++ before 13.3, std::counting_semaphore::acquire() can sleep although there is
// something to take (GCC bug 104928): it looks at the count, then tries, then waits for another
// count than the one it looked at, which may be back by then. The explorer finds that.
TEST(KernelExplored, FindsTheSleepOfTheLibrarysOwnSemaphore) {
    const auto reduced =
        explore("kernels.semaphores.semaphore", {"--threads", "2", "--rounds", "1"});
    const auto every =
        explore("kernels.semaphores.semaphore",
                {"--threads", "2", "--rounds", "1", "--strategy", "every", "--count-traces"});
    EXPECT_TRUE(reduced.exhausted()) << reduced;
    EXPECT_EQ(reduced.executions(), every.number("traces"));
    EXPECT_EQ(reduced.outcome_set(), every.outcome_set());
    EXPECT_EQ(reduced.findings(), every.findings());
    EXPECT_TRUE(reduced.outcome_set().contains("12") && reduced.outcome_set().contains("21"));
#if defined(_GLIBCXX_RELEASE) && _GLIBCXX_RELEASE < 13
    EXPECT_EQ(reduced.findings(), std::set<std::string>{"lost-wakeup"});
#endif
}

}  // namespace
}  // namespace racepair::explored
