// A schedule is one short word that leads to the same steps wherever the program is loaded, and
// that is refused when it is of another program.

#include <gtest/gtest.h>

#include "exploration.hpp"

namespace racepair::explored {
namespace {

// The steps, but for where objects and code lie in memory.
Json steps_of(const Exploration& exploration) {
    return without_places(exploration.last("schedule"))["steps"];
}

std::string schedule_of(const std::string& variant, const Words& words) {
    return explore(variant, words).last("schedule").value("text", "");
}

Words with_schedule(Words words, const std::string& schedule) {
    words.insert(words.end(), {"--schedule", schedule});
    return words;
}

const Words two_by_one{"--threads", "2", "--rounds", "1"};

struct Failing {
    const char* variant;
    const char* outcome;
    int restarts;
};

void PrintTo(const Failing& failing, std::ostream* out) { *out << failing.variant; }

class ScheduleReplayed : public testing::TestWithParam<Failing> {};

INSTANTIATE_TEST_SUITE_P(All, ScheduleReplayed,
                         testing::Values(Failing{"counters.plain_counter.racy", "1", 100},
                                         Failing{"counters.plain_counter.load_then_store", "1", 10},
                                         Failing{"faults.wrong.ab_ba", "(dead-lock)", 10},
                                         Failing{"faults.wrong.lost_wake_up", "(lost wake-up)", 10},
                                         Failing{"faults.wrong.nobody_notifies", "(lost wake-up)",
                                                 10},
                                         Failing{"faults.wrong.livelock", "(livelock)", 3},
                                         Failing{"faults.wrong.asserts", "(aborted)", 10},
                                         Failing{"faults.wrong.crashes", "(crashed)", 10},
                                         Failing{"faults.wrong.use_after_free", "1", 10}));

TEST_P(ScheduleReplayed, LeadsToTheSameStepsInEachRestart) {
    const auto& failing = GetParam();
    const auto found = explore(failing.variant, two_by_one);
    const auto first = found.last("schedule");
    const auto text = first.value("text", "");
    ASSERT_FALSE(text.empty()) << found;
    EXPECT_EQ(first.value("outcome", ""), failing.outcome);
    for (int restart = 0; restart < failing.restarts; ++restart) {
        const auto words = with_schedule(two_by_one, text);
        for (const char* backend : {"fibers", "os-threads"}) {
            auto told = words;
            told.insert(told.end(), {"--backend", backend});
            const auto again = explore(failing.variant, told);
            ASSERT_EQ(again.trouble(), "") << again;
            ASSERT_EQ(again.outcome_set(), std::set<std::string>{failing.outcome});
            ASSERT_EQ(steps_of(again), steps_of(found));
            ASSERT_EQ(again.last("schedule").value("text", ""), text);
        }
    }
}

TEST(Schedule, OfTheLostUpdateIsShort) {
    const auto schedule = explore("counters.plain_counter.racy", two_by_one).last("schedule");
    EXPECT_EQ(schedule.value("outcome", ""), "1");
    EXPECT_LE(schedule.value("step_count", 99), 4);
    EXPECT_LE(schedule.value("switches", 99), 2);
    EXPECT_LT(schedule.value("text", "").size(), 200u);
    EXPECT_TRUE(schedule.value("shortest", false));
}

class ScheduleRefused : public testing::Test {
   protected:
    const std::string variant = "counters.plain_counter.racy";
    const std::string text = schedule_of(variant, two_by_one);

    void expect_refused(const std::string& of, const Words& words, const std::string& schedule) {
        const auto found = explore(of, with_schedule(words, schedule));
        EXPECT_NE(found.trouble(), "") << schedule << '\n' << found;
        EXPECT_TRUE(found.all("schedule").empty()) << schedule;
        EXPECT_TRUE(found.all("trials").empty()) << schedule;
    }
};

TEST_F(ScheduleRefused, OfAnotherProgram) {
    expect_refused("counters.plain_counter.fixed", two_by_one, text);
    expect_refused("counters.plain_counter.load_then_store", two_by_one, text);
    expect_refused("kernels.barriers.latch", two_by_one, text);
}

TEST_F(ScheduleRefused, OfAnotherScope) {
    expect_refused(variant, {"--threads", "1", "--rounds", "1"}, text);
    expect_refused(variant, two_by_one, schedule_of(variant, {"--threads", "2", "--rounds", "2"}));
    expect_refused(variant, two_by_one, schedule_of(variant, {"--threads", "3", "--rounds", "1"}));
}

TEST_F(ScheduleRefused, ThatIsBroken) {
    for (const std::string broken :
         {"rp1-", "rp1", "rp2-0-1.1", "nonsense", "rp1-0", "rp1-zz-1.1", "rp1-0-1", "rp1-0-1.",
          "rp1-0-1.1-", "rp1-0-99.1", "rp1-0-1.99999999999", "rp1-0-1.1 and more"})
        expect_refused(variant, two_by_one, broken);
}

TEST_F(ScheduleRefused, ThatIsCutOrChangedAnywhere) {
    ASSERT_GT(text.size(), 10u);
    for (std::size_t length = 1; length < text.size(); ++length)
        expect_refused(variant, two_by_one, text.substr(0, length));
    for (std::size_t at = 4; at < text.size(); ++at) {
        std::string changed = text;
        changed[at] = changed[at] == '1' ? '2' : '1';
        expect_refused(variant, two_by_one, changed);
    }
}

TEST(Schedule, MayBePastedWithBlanksAndQuotesAround) {
    const std::string variant = "counters.plain_counter.racy";
    const auto text = schedule_of(variant, two_by_one);
    for (const auto& pasted : {" " + text, "\"" + text + "\"", text + "\n", "'" + text + "'"}) {
        const auto found = explore(variant, with_schedule(two_by_one, pasted));
        EXPECT_EQ(found.trouble(), "") << pasted;
        EXPECT_EQ(found.outcome_set(), std::set<std::string>{"1"});
    }
}

}  // namespace
}  // namespace racepair::explored
