#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "judge/exit_code.hpp"
#include "said.hpp"

namespace racepair::command {
namespace {

const std::vector<std::string> commands = {
    "list",    "judge",  "matrix", "doctor",     "report", "merge", "diff", "lint-suppressions",
    "explore", "replay", "new",    "completion", "watch"};

int columns_of(const std::string& line) {
    return static_cast<int>(
        std::count_if(line.begin(), line.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

void expect_to_fit(const Said& said) {
    EXPECT_EQ(said.exit_code, judge::exit_as_expected);
    std::istringstream in(said.text);
    int lines = 0;
    std::string last;
    for (std::string line; std::getline(in, line); ++lines, last = line)
        EXPECT_LE(columns_of(line), 100) << line;
    EXPECT_LE(lines, 27) << said.text;
    EXPECT_TRUE(last.starts_with("Example: racepair ")) << said.text;
}

TEST(Help, OfEachCommandFitsAScreenAndEndsWithAnExample) {
    for (const auto& command : commands) {
        const auto said = racepair({command, "--help"});
        expect_to_fit(said);
        EXPECT_TRUE(said.has("Example: racepair " + command)) << said.text;
    }
}

TEST(Help, NamesAllCommandsAndExitCodes) {
    const auto said = racepair({"--help"});
    expect_to_fit(said);
    for (const auto& command : commands)
        EXPECT_TRUE(said.has("\n  " + command + " ")) << command << "\n" << said.text;
    for (const auto* code :
         {"0 every verdict", "1 at", "2 the", "3 nothing", "4 the", "5 a", "70 a"})
        EXPECT_TRUE(said.has(code)) << said.text;
}

TEST(CommandLine, ThatCannotBeUnderstoodIsRefused) {
    using Words = std::vector<std::string>;
    for (const auto& words :
         {Words{}, Words{"nothing"}, Words{"report"}, Words{"report", "x.json", "--format", "pdf"},
          Words{"report", "x.json", "--format", "junit", "--pair", "a.b"}, Words{"merge", "x.json"},
          Words{"diff", "x.json"}, Words{"lint-suppressions", "x"}, Words{"new"},
          Words{"completion", "csh"}, Words{"judge", "x", "--budget", "soon"},
          Words{"judge", "x", "--trials", "0"}, Words{"list", "x", "--gtest_filter=y"}}) {
        const auto said = racepair(words);
        EXPECT_EQ(said.exit_code, judge::exit_usage) << said.text;
        EXPECT_TRUE(said.text.starts_with("usage: ")) << said.text;
        EXPECT_TRUE(said.has("Next: racepair")) << said.text;
    }
    EXPECT_TRUE(racepair({"jugde", "x"}).has("there is no command 'jugde'"));
}

}  // namespace
}  // namespace racepair::command
