// `racepair watch`, with and without a terminal.

#include <gtest/gtest.h>

#include "judge/exit_code.hpp"
#include "said.hpp"

namespace racepair::command {
namespace {

constexpr const char* counter = "counters.plain_counter";

/// On a terminal of its own, with these keys pressed.
Said watch_with_keys(const std::string& keys) {
    return shell("printf '" + keys +
                 "' | script -qec '\"" RACEPAIR_PROGRAM "\" watch \"" RACEPAIR_CASES "\" " +
                 counter + "' /dev/null");
}

TEST(Watch, CountsInLinesWhereThereIsNoTerminal) {
    const auto said = racepair({"watch", "CASES", counter, "--for", "1ms"});
    EXPECT_EQ(said.exit_code, judge::exit_as_expected) << said.text;
    EXPECT_TRUE(said.text.starts_with("counters.plain_counter.racy  ")) << said.text;
    EXPECT_FALSE(said.has("\x1b")) << said.text;
}

TEST(Watch, BeginsWithTheVariantThatIsNamed) {
    const auto said =
        racepair({"watch", "CASES", counter + std::string(".volatile"), "--for", "1ms"});
    EXPECT_TRUE(said.text.starts_with("counters.plain_counter.volatile  ")) << said.text;
}

TEST(Watch, IsEndedByAKeyAndPutsTheTerminalBack) {
    const auto said = watch_with_keys("q");
    EXPECT_EQ(said.exit_code, judge::exit_as_expected) << said.text;
    EXPECT_TRUE(said.has("\x1b[?1049h")) << "a screen of its own";
    EXPECT_TRUE(said.has("\x1b[?25h\x1b[?1049l")) << "the cursor, and what was there before";
    EXPECT_TRUE(said.has("plain runs, amplified")) << said.text;
    EXPECT_FALSE(said.has("Volatile"));
}

TEST(Watch, ShowsWhatTheKeysChoose) {
    EXPECT_TRUE(watch_with_keys("vq").has("struct Volatile"));
    EXPECT_TRUE(watch_with_keys("aq").has("threads started for each trial"));
    EXPECT_TRUE(watch_with_keys(" q").has("space go on"));
}

TEST(Watch, RefusesWhatItCannotShow) {
    for (const auto* name : {"counters.nothing", "counters.plain_counter.nothing", "counters"}) {
        const auto said = racepair({"watch", "CASES", name});
        EXPECT_EQ(said.exit_code, judge::exit_usage) << said.text;
        EXPECT_TRUE(said.has(std::string("no case ") + name)) << said.text;
        EXPECT_TRUE(said.has("Next: racepair list")) << said.text;
    }
    const auto hangs = racepair({"watch", "CASES", "locks.opposite_order"});
    EXPECT_EQ(hangs.exit_code, judge::exit_usage) << hangs.text;
    EXPECT_TRUE(hangs.has("may never end")) << hangs.text;
}

}  // namespace
}  // namespace racepair::command
