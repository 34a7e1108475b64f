#include "report/watch_screen.hpp"

#include <gtest/gtest.h>

#include "report/columns.hpp"
#include "sample_results.hpp"

namespace racepair::report {
namespace {

using namespace judge;

struct Both {
    Result racy = racy_under_plain(), fixed = fixed_under_plain();
    Watched broken{racy.info, "racy", racy.definition};
    Watched repair{fixed.info, "fixed", fixed.definition};
    Both() { racy.ending = fixed.ending = "exited with status 0"; }
    std::string screen(const Watching& watching) const {
        return watch_screen(broken, repair, watching, {});
    }
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(WatchScreen, FitsATerminalBeforeAndAfterTheFirstTrial) {
    Both both;
    for (int round = 0; round < 3; ++round) {
        const auto lines = lines_of(both.screen({.detector = "plain"}));
        EXPECT_LE(lines.size(), 24u);
        for (const auto& line : lines) EXPECT_LE(columns_of(line), 80u) << line;
        both.broken.add(both.racy);
        both.repair.add(both.fixed);
    }
}

TEST(WatchScreen, AddsUpWhatComes) {
    Both both;
    both.broken.add(both.racy);
    both.broken.add(both.racy);
    EXPECT_EQ(both.broken.trials(), 2000);
    EXPECT_EQ(both.broken.wrong(), 1800);
    const auto screen = both.screen({.detector = "plain"});
    EXPECT_TRUE(has(screen, "2000 trials, wrong 90.0 %")) << screen;
    EXPECT_TRUE(has(screen, "0 trials, wrong -")) << screen;
    EXPECT_TRUE(has(screen, "█ 1400")) << screen;
    EXPECT_TRUE(has(screen, "200          ◀ right")) << screen;
    EXPECT_FALSE(has(screen, "flagged")) << "nobody watches who could";
}

TEST(WatchScreen, CountsWhatWasFlagged) {
    Both both;
    both.racy.outcomes = {{"50000", true, 30}, {"50000", false, 10}};
    both.broken.add(both.racy);
    const auto screen = both.screen({.detector = "tsan"});
    EXPECT_TRUE(has(screen, "40 trials, wrong 0.0 %, flagged 75")) << screen;
}

TEST(WatchScreen, CountsADeathAsAWrongOutcome) {
    Both both;
    both.racy.ending = "ended by signal 11";
    both.racy.outcomes.clear();
    both.broken.add(both.racy);
    EXPECT_EQ(both.broken.trials(), 1);
    EXPECT_EQ(both.broken.wrong(), 1);
    EXPECT_TRUE(has(both.screen({.detector = "plain"}), "(ended by s"));
}

TEST(WatchScreen, SaysHowTrialsAreRunAndWhatTheKeysDo) {
    const Both both;
    EXPECT_TRUE(has(both.screen({.detector = "plain"}), "plain runs, amplified"));
    const auto other = both.screen({.detector = "tsan", .amplified = false, .paused = true});
    EXPECT_TRUE(has(other, "under tsan, threads started for each trial")) << other;
    EXPECT_TRUE(has(other, "a amplified")) << other;
    EXPECT_TRUE(has(other, "space go on")) << other;
}

TEST(WatchLine, IsWhatIsLeftWithoutATerminal) {
    Both both;
    both.broken.add(both.racy);
    EXPECT_EQ(watch_line(both.broken, {.detector = "plain"}),
              "counters.sample.racy  1000 trials, wrong 90.0 %\n");
}

}  // namespace
}  // namespace racepair::report
