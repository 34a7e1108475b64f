#include "judge/tsan_options.hpp"

#include <gtest/gtest.h>

namespace racepair::judge {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// The options of a text all of which can be read.
Pairs options_in(const std::string& text) {
    std::vector<std::string> unreadable;
    Pairs pairs;
    for (const auto& [key, value] : read_tsan_options(text, unreadable))
        pairs.emplace_back(key, value);
    EXPECT_TRUE(unreadable.empty()) << text;
    return pairs;
}

TEST(TsanOptions, AreSplitAsTheRuntimeSplitsThem) {
    const Pairs both = {{"a", "1"}, {"b", "2"}};
    for (const auto* text :
         {"a=1 b=2", "a=1:b=2", "a=1,b=2", "a=1\tb=2", "a=1\nb=2", "a=1\r\nb=2", " :a=1,, b=2: "})
        EXPECT_EQ(options_in(text), both) << text;
    EXPECT_EQ(options_in(""), Pairs{});
    EXPECT_EQ(options_in(" :, "), Pairs{});
}

TEST(TsanOptions, MayHaveEmptyValuesAndSeveralSigns) {
    EXPECT_EQ(options_in("a=:b=x=y"), (Pairs{{"a", ""}, {"b", "x=y"}}));
}

TEST(TsanOptions, KeepTheirOrderAndRepetitions) {
    EXPECT_EQ(options_in("a=1:b=2:a=3"), (Pairs{{"a", "1"}, {"b", "2"}, {"a", "3"}}));
}

TEST(TsanOptions, MayBeQuoted) {
    EXPECT_EQ(options_in("suppressions='/a dir/x,y:z.txt':b=2"),
              (Pairs{{"suppressions", "/a dir/x,y:z.txt"}, {"b", "2"}}));
    EXPECT_EQ(options_in("a=\"it's\" b=''"), (Pairs{{"a", "it's"}, {"b", ""}}));
}

TEST(TsanOptions, WhatIsNoOptionIsNamed) {
    std::vector<std::string> unreadable;
    const auto options = read_tsan_options("verbose a=1:report_bugs 0 b=2", unreadable);
    EXPECT_EQ(options.size(), 2u);
    EXPECT_EQ(unreadable, (std::vector<std::string>{"verbose", "report_bugs", "0"}));
}

TEST(TsanOptions, AQuoteThatDoesNotEndIsNamed) {
    std::vector<std::string> unreadable;
    const auto options = read_tsan_options("a='b:c=1", unreadable);
    ASSERT_EQ(options.size(), 1u);
    EXPECT_EQ(options[0].value, "b:c=1");
    EXPECT_EQ(unreadable, std::vector<std::string>{"a='b:c=1"});
}

TEST(TsanOptions, KeysAreReadFromTheRuntimesHelp) {
    const std::string help =
        "Available flags for ThreadSanitizer:\n"
        "\tenable_annotations\n"
        "\t\t- Enable dynamic annotations, otherwise they are no-ops. (Current Value: true)\n"
        "\treport_bugs\n"
        "\t\t- Turns off bug reporting entirely (useful for benchmarking). (Current Value: true)\n"
        "racepair: nonsense\n"
        "\ttwo words\n"
        "\t\n"
        "\thistory_size";
    EXPECT_EQ(keys_in_help(help),
              (std::vector<std::string>{"enable_annotations", "report_bugs", "history_size"}));
    EXPECT_TRUE(keys_in_help("").empty());
    EXPECT_TRUE(keys_in_help("a program that says something else\n").empty());
}

TEST(TsanOptions, TheNearestKeyIsTheOneThatWasMeant) {
    const std::vector<std::string> known = {"halt_on_error", "history_size", "report_bugs",
                                            "exitcode"};
    EXPECT_EQ(nearest_key("report_bug", known), "report_bugs");
    EXPECT_EQ(nearest_key("reprot_bugs", known), "report_bugs");
    EXPECT_EQ(nearest_key("halt-on-error", known), "halt_on_error");
    EXPECT_EQ(nearest_key("exit_code", known), "exitcode");
    EXPECT_EQ(nearest_key("exitcode", known), "exitcode");
    EXPECT_EQ(nearest_key("zzz", known), "");
    EXPECT_EQ(nearest_key("detect_deadlocks", known), "");
    EXPECT_EQ(nearest_key("", known), "");
    EXPECT_EQ(nearest_key("report_bug", {}), "");
}

}  // namespace
}  // namespace racepair::judge
