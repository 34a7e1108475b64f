#include <gtest/gtest.h>

#include "judge/exit_code.hpp"
#include "judge/result.hpp"
#include "said.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::command {
namespace {

constexpr const char* counter = "counters.plain_counter";

TEST(Explore, ShowsTheRacyVariantAndThenTheOthersBriefly) {
    const auto said = racepair({"explore", "CASES", counter});
    EXPECT_EQ(said.exit_code, judge::exit_as_expected) << said.text;
    EXPECT_TRUE(said.has(" outcomes of all 34 schedules of 2 × 2\n")) << said.text;
    EXPECT_TRUE(said.has("  ops = 2")) << said.text;
    EXPECT_TRUE(said.has(" is lost")) << said.text;
    EXPECT_TRUE(said.has(" limit: schedules are sequentially consistent")) << said.text;
    EXPECT_TRUE(said.has("✓ CAUGHT  counters.plain_counter.load_then_store  all 34")) << said.text;
    EXPECT_TRUE(said.has("✓ CLEAN  counters.plain_counter.fixed  all 6 schedules")) << said.text;
}

TEST(Explore, TakesAVariantInEitherWay) {
    for (const auto& said : {racepair({"explore", "CASES", std::string(counter) + ".fixed"}),
                             racepair({"explore", "CASES", counter, "--variant", "fixed"})}) {
        EXPECT_TRUE(said.has("✓ CLEAN  all 6 schedules of 2 × 2")) << said.text;
        EXPECT_FALSE(said.has("CAUGHT")) << said.text;
    }
}

TEST(Explore, ExpectsWhatIsRightInTheScope) {
    const auto small =
        racepair({"explore", "CASES", counter, "--variant", "racy", "--scope", "2×1"});
    EXPECT_TRUE(small.has("right: 2\n outcomes of all 4 schedules of 2 × 1")) << small.text;
    const auto three =
        racepair({"explore", "CASES", counter, "--variant", "racy", "--scope", "3x1"});
    EXPECT_TRUE(three.has("right: 3\n outcomes of all 36 schedules of 3 × 1")) << three.text;
    EXPECT_TRUE(three.has("--scope 3x1\n")) << "for the replay";
}

TEST(Explore, IsNotWhatAnotherDetectorDoes) {
    for (const auto* detector : {"tsan", "drd", "plain"}) {
        const auto said = racepair({"judge", "CASES", "--detector", detector, "--filter",
                                    std::string(counter) + ".fixed"});
        EXPECT_EQ(said.exit_code, judge::exit_untrustworthy) << said.text;
        EXPECT_TRUE(said.has("is linked with the explorer, and ")) << said.text;
    }
}

// With a third thread nobody's repair is wrong: it has nothing to do there.
TEST(Explore, RefusesAScopeInWhichSomebodyHasNoPart) {
    const std::string handover = "channels.handover.fixed";
    const auto three = racepair({"explore", "CASES", handover, "--scope", "3x1"});
    EXPECT_EQ(three.exit_code, judge::exit_untrustworthy) << three.text;
    EXPECT_TRUE(three.has("parts for 2 threads, not for 3")) << three.text;
    EXPECT_EQ(racepair({"explore", "CASES", handover, "--scope", "2x1"}).exit_code,
              judge::exit_as_expected);
}

TEST(Explore, SaysWhyAPartIsNotClean) {
    const auto said = racepair({"explore", "CASES", counter, "--variant", "fixed", "--scope", "3x2",
                                "--max-executions", "5"});
    EXPECT_EQ(said.exit_code, judge::exit_not_as_expected);
    EXPECT_TRUE(said.has("✗ NOT_RUN")) << said.text;
    EXPECT_TRUE(said.has("5 schedules explored, not all: so many were asked for")) << said.text;
    EXPECT_FALSE(said.has("all 5 schedules")) << said.text;
}

TEST(Explore, ComputesPctsGuarantee) {
    const auto said = racepair({"explore", "CASES", counter, "--variant", "racy", "--strategy",
                                "pct", "--max-executions", "200", "--seed", "7"});
    EXPECT_TRUE(said.has("1/(n·k^(d−1)) = 1/(")) << said.text;
    EXPECT_TRUE(said.has("strategy pct, seed 7")) << said.text;
    EXPECT_FALSE(said.has("all 200 schedules")) << said.text;
}

TEST(Explore, DisturbsRealThreads) {
    const auto said = racepair({"explore", "CASES", counter, "--variant", "fixed", "--strategy",
                                "noise", "--max-executions", "3"});
    EXPECT_EQ(said.exit_code, judge::exit_as_expected) << said.text;
    EXPECT_TRUE(said.has("50 × 1000, right: 50000")) << said.text;
    EXPECT_TRUE(said.has("wrong in 0/3 ")) << said.text;
}

TEST(Explore, NamesWhoWaitsForWhom) {
    const auto said = racepair({"explore", "CASES", "locks.opposite_order.racy"});
    EXPECT_TRUE(said.has("lock accounts[0].mutex")) << said.text;
    EXPECT_TRUE(said.has("deadlock: thread 0 waits for thread 1 to end; thread 1 waits for a lock"))
        << said.text;
}

TEST(Explore, ShowsWhereAnOrderIsMissing) {
    const auto said = racepair({"explore", "EXPLORED", "litmus.racing.named_functions"});
    EXPECT_TRUE(said.has("thread 1 stores  litmus.cpp:")) << said.text;
    EXPECT_TRUE(said.has("flag.store(1, release);")) << said.text;
    EXPECT_TRUE(said.has("thread 2 loads   litmus.cpp:")) << said.text;
    EXPECT_TRUE(said.has("the load does not acquire what the store releases: no order"))
        << said.text;
}

// A lambda is described inside the function that it is written in, by gcc.
TEST(Explore, KnowsTheLinesOfLambdas) {
    const auto said = racepair({"explore", "EXPLORED", "litmus.racing.release_relaxed"});
    EXPECT_TRUE(said.has("thread 1 writes  litmus.cpp:")) << said.text;
    EXPECT_TRUE(said.has("data = 1;")) << said.text;
}

TEST(Explore, LeavesAllOfItAsJson) {
    const TemporaryDirectory directory;
    const auto file = directory / "results.json";
    racepair({"explore", "CASES", counter, "--results", file});
    const auto results = judge::read_results(file).results;
    ASSERT_EQ(results.size(), 5u);
    const auto& racy = results[0];
    ASSERT_TRUE(racy.explored && racy.schedule);
    EXPECT_EQ(racy.explored->executions, 34);
    EXPECT_TRUE(racy.explored->exhausted);
    ASSERT_FALSE(racy.schedule->steps.empty());
    EXPECT_EQ(racy.schedule->names.at(racy.schedule->steps[0].object), "ops");
    EXPECT_NE(racy.schedule->steps[0].stack[0].file.find("plain_counter.cpp"), std::string::npos);
    EXPECT_FALSE(results[4].schedule);
}

TEST(Explore, RefusesWhatItCannotUnderstand) {
    using Words = std::vector<std::string>;
    for (const auto& words :
         {Words{"explore", "CASES"}, Words{"explore", "CASES", "counters.nothing"},
          Words{"explore", "CASES", counter, "--variant", "nobody"},
          Words{"explore", "CASES", std::string(counter) + ".nobody"},
          Words{"explore", "/bin/nothing", counter},
          Words{"explore", "CASES", counter, "--strategy", "best"},
          Words{"explore", "CASES", counter, "--scope", "2"},
          Words{"explore", "CASES", counter, "--scope", "0x2"},
          Words{"explore", "CASES", counter, "--scope", "2x2x2"},
          Words{"explore", "CASES", counter, "--budget", "soon"}}) {
        const auto said = racepair(words);
        EXPECT_EQ(said.exit_code, judge::exit_usage) << said.text;
        EXPECT_TRUE(said.text.starts_with("usage: ")) << said.text;
        EXPECT_TRUE(said.has("Next: ")) << said.text;
    }
}

TEST(Explore, HelpFitsAScreenAndHasAnExample) {
    for (const std::string command : {"explore", "replay"}) {
        const auto said = racepair({command, "--help"});
        EXPECT_EQ(said.exit_code, 0);
        EXPECT_TRUE(said.has("Example: racepair " + command)) << said.text;
        EXPECT_LE(std::count(said.text.begin(), said.text.end(), '\n'), 40) << said.text;
    }
}

}  // namespace
}  // namespace racepair::command
