#include "judge/exit_code.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <set>

#include "judge/result.hpp"
#include "judge/session.hpp"
#include "judge_printers.hpp"

namespace racepair::judge {
namespace {

Result result(Verdict verdict, bool as_expected) {
    Result made;
    made.verdict = verdict;
    made.as_expected = as_expected;
    return made;
}

TEST(ExitCode, NothingJudgedIsNeverGreen) { EXPECT_EQ(exit_code_for({}), exit_nothing_judged); }

TEST(ExitCode, IsGreenOnlyIfAllIsAsExpected) {
    const auto caught = result(Verdict::caught, true), clean = result(Verdict::clean, true);
    const auto missed = result(Verdict::missed, false);
    EXPECT_EQ(exit_code_for({caught, clean}), exit_as_expected);
    EXPECT_EQ(exit_code_for({caught, missed}), exit_not_as_expected);
    EXPECT_EQ(exit_code_for({missed, caught}), exit_not_as_expected);
}

TEST(ExitCode, ASetUpThatCannotBeTrustedComesFirst) {
    const auto clean = result(Verdict::clean, true), missed = result(Verdict::missed, false);
    for (const auto verdict : {Verdict::tool_error, Verdict::not_instrumented}) {
        EXPECT_EQ(exit_code_for({clean, result(verdict, false)}), exit_untrustworthy);
        EXPECT_EQ(exit_code_for({missed, result(verdict, false)}), exit_untrustworthy);
    }
}

TEST(ExitCode, CodesAreNotChangedByAccident) {
    EXPECT_EQ(exit_as_expected, 0);
    EXPECT_EQ(exit_not_as_expected, 1);
    EXPECT_EQ(exit_usage, 2);
    EXPECT_EQ(exit_nothing_judged, 3);
    EXPECT_EQ(exit_untrustworthy, 4);
    EXPECT_EQ(exit_internal, 70);
}

TEST(VerdictNames, AreReadAsTheyAreWritten) {
    std::set<std::string> names;
    for (int number = 0; number <= static_cast<int>(Verdict::not_run); ++number) {
        const auto verdict = static_cast<Verdict>(number);
        EXPECT_EQ(verdict_of(text_of(verdict)), verdict);
        EXPECT_FALSE(why_it_matters(verdict).empty()) << text_of(verdict);
        names.insert(text_of(verdict));
    }
    EXPECT_EQ(names.size(), 11u);
    EXPECT_THROW(verdict_of("caught"), std::invalid_argument);
    EXPECT_THROW(verdict_of(""), std::invalid_argument);
}

/// What a shell takes a command's argument for.
std::string said_by_shell(const std::string& argument) {
    FILE* pipe = popen(("printf %s " + argument).c_str(), "r");
    if (pipe == nullptr) return "no shell";
    std::string said;
    for (int byte; (byte = std::fgetc(pipe)) != EOF;) said += static_cast<char>(byte);
    pclose(pipe);
    return said;
}

TEST(ShellWord, IsTakenBackByAShell) {
    for (const std::string word :
         {"plain", "/a/path-1.2_3", "", "two words", "it's", "'", "a\"b", "$HOME", "`id`", "*",
          "a;b", "back\\slash", "new\nline", "~", "#no", "counters.*:-x", "!", "ö", "a=b,c@d%e+f"})
        EXPECT_EQ(said_by_shell(shell_word(word)), word);
}

TEST(ShellWord, IsLeftAloneWhereItMay) {
    EXPECT_EQ(shell_word("/a/path-1.2_3"), "/a/path-1.2_3");
    EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
    EXPECT_EQ(shell_word(""), "''");
}

}  // namespace
}  // namespace racepair::judge
