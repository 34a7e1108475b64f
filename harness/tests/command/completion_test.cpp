#include <gtest/gtest.h>

#include "judge/exit_code.hpp"
#include "said.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::command {
namespace {

/// What bash offers for the last of these words.
std::string offered(const std::string& words) {
    const TemporaryDirectory directory;
    const auto script =
        directory.write("ask", racepair({"completion", "bash"}).text + "COMP_WORDS=(" + words +
                                   ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_racepair 2>&1\n"
                                   "echo \"${COMPREPLY[*]}\"\n");
    const auto said = shell("bash '" + script + "'");
    EXPECT_EQ(said.exit_code, 0) << said.text;
    return said.text;
}

TEST(Completion, OffersCommandsOptionsAndChoices) {
    EXPECT_EQ(offered("racepair re"), "report replay\n");
    EXPECT_EQ(offered("racepair --v"), "--version\n");
    EXPECT_EQ(offered("racepair judge x --ba"), "--baseline\n");
    EXPECT_EQ(offered("racepair judge --detector he"), "helgrind\n");
    EXPECT_EQ(offered("racepair report x.json --format s"), "sarif\n");
    EXPECT_EQ(offered("racepair explore --strategy p"), "pct\n");
    EXPECT_EQ(offered("racepair completion ''"), "\n") << "bash completes files by itself";
}

TEST(Completion, HidesWhatHelpHides) {
    EXPECT_EQ(offered("racepair man"), "\n");
    EXPECT_EQ(offered("racepair list --ct"), "\n");
}

TEST(Completion, IsTakenByEachShell) {
    for (const std::string name : {"bash", "zsh", "fish"}) {
        const auto script = racepair({"completion", name});
        EXPECT_EQ(script.exit_code, judge::exit_as_expected);
        EXPECT_TRUE(script.has("lint-suppressions")) << name;
        EXPECT_TRUE(script.has("helgrind")) << name;
        const TemporaryDirectory directory;
        const auto file = directory.write("script", script.text);
        if (shell("command -v " + name).exit_code != 0) {
            std::cout << name << " is not there: its script was not tried\n";
            continue;
        }
        const auto said = shell(name + " -n '" + file + "'");
        EXPECT_EQ(said.exit_code, 0) << said.text;
        EXPECT_EQ(said.text, "");
    }
}

TEST(Manual, IsMadeOfTheSameWords) {
    const TemporaryDirectory directory;
    const auto file = directory / "racepair.1";
    EXPECT_EQ(racepair({"manual", "-o", file}).exit_code, judge::exit_as_expected);
    const auto page = racepair({"manual"});
    for (const auto* part : {".TH RACEPAIR 1", ".SS judge\n", "\\fB\\-\\-baseline\\fR \\fIFILE\\fR",
                             "5 a schedule was refused", ".SS lint\\-suppressions\n"})
        EXPECT_TRUE(page.has(part)) << part;
    EXPECT_FALSE(page.has("\\-\\-ctest")) << "that is hidden";
    if (shell("command -v mandoc").exit_code == 0) {
        const auto said = shell("mandoc -T lint -W error '" + file + "'");
        EXPECT_EQ(said.exit_code, 0) << said.text;
    } else if (shell("command -v man").exit_code == 0) {
        const auto said =
            shell("LC_ALL=C.UTF-8 MANROFFSEQ= man --warnings -l '" + file + "' 2>&1 >/dev/null");
        EXPECT_EQ(said.exit_code, 0) << said.text;
        EXPECT_EQ(said.text, "");
    } else {
        GTEST_SKIP() << "neither mandoc nor man is there: sudo apt-get install mandoc";
    }
}

}  // namespace
}  // namespace racepair::command
