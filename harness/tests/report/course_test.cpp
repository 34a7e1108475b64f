#include "report/course.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "report/rates.hpp"
#include "sample_results.hpp"

namespace racepair::report {
namespace {

judge::CaseInfo sample(const std::string& name) {
    judge::CaseInfo info;
    info.name = name;
    info.lesson = "One | lesson.";
    info.exercise = "Try it.";
    info.variants = {{"racy", "Racy", "racy", "data_race", {}, {}},
                     {"steps", "Steps", "wrong_fix", "race_condition", {}, {}},
                     {"fixed", "Fixed", "fixed", "none", {}, {}}};
    return info;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Why it is refused, or "".
std::string objection(const std::vector<judge::CaseInfo>& cases, const std::string& order) {
    try {
        course_of(cases, read_order(order));
        return "";
    } catch (const std::runtime_error& wrong) {
        return wrong.what();
    }
}

TEST(Course, HasOneLineACaseInTheOrderThatIsAskedFor) {
    const auto text = course_of({sample("a.first"), sample("b.second")},
                                read_order("# Part one\nb.second\n\n# Part two\n  a.first \n"));
    EXPECT_LT(text.find("## Part one"), text.find("[b.second](b/second.cpp)"));
    EXPECT_LT(text.find("[b.second](b/second.cpp)"), text.find("## Part two"));
    EXPECT_LT(text.find("## Part two"), text.find("| 2 | [a.first](a/first.cpp)"));
    EXPECT_TRUE(has(text, "One \\| lesson.")) << text;
    EXPECT_TRUE(has(text, "Try it.")) << text;
}

TEST(Course, EscapesWhatHasAMeaningInATable) {
    auto info = sample("a.b");
    info.exercise = "Is atomic_ref<T> | *p in `release_only|*p` of call_once? ` *";
    const auto text = course_of({info}, read_order("#\na.b"));
    EXPECT_TRUE(has(text, R"(atomic\_ref\<T> \| \*p in `release_only\|*p` of call\_once? ` \*)"))
        << text;
}

TEST(Course, SaysWhatIsExpectedOfEachDetector) {
    // plain, tsan, helgrind, drd, explore, thread_safety
    EXPECT_TRUE(
        has(course_of({sample("a.b")}, read_order("#\na.b")), "| ✓ | 1/2 | 1/2 | 1/2 | ✓ |  |"));

    auto known = sample("a.b");
    known.variants[0].exceptions = {{"blind", "tsan-gcc", "always", "why", 0},
                                    {"blind", "plain", "optimised", "why", 0}};
    known.variants[2].exceptions = {{"false_alarm", "drd", "always", "why", 0}};
    known.optimised = true;
    EXPECT_TRUE(has(course_of({known}, read_order("#\na.b")),
                    "| ✓ | 1/2 (clang 14, clang 19, clang 22); – (gcc 12) | 1/2 | 1/2 ! | ✓ |"))
        << course_of({known}, read_order("#\na.b"));

    auto hangs = sample("a.b");
    hangs.may_hang = "locks";
    hangs.variants[0].warned_line = "lock();";
    EXPECT_TRUE(has(course_of({hangs}, read_order("#\na.b")), "| · | · | · | · | ✓ | 1/2 |"));
}

TEST(Course, RefusesAnOrderThatIsNotOneOfItsCases) {
    EXPECT_EQ(objection({sample("a.b")}, "#\na.b"), "");
    EXPECT_TRUE(
        has(objection({sample("a.b")}, "#\na.b\na.b"), "line 3: a.b stands there a second time"));
    EXPECT_TRUE(has(objection({sample("a.b")}, "#\na.b\na.c"), "no case has that name"));
    EXPECT_TRUE(has(objection({sample("a.b")}, "#\n"), "it names no case"));
    EXPECT_TRUE(has(objection({sample("a.b"), sample("a.c")}, "#\na.c"), "a.b does not stand in"));
    EXPECT_TRUE(has(objection({sample("a.b")}, "a.b\n#\n"), "before the first part"));
}

TEST(Rates, AreOneLineAVariantAndLane) {
    const auto lines = lines_of(rates_of({fixed_under_tsan(), racy_under_tsan()}));
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0], "variant,detector,build,cpus,expected,trials,flagged,wrong");
    EXPECT_TRUE(has(lines[1], "fixed,tsan,clang 14,")) << lines[1];
    EXPECT_TRUE(has(lines[2], ",must flag,")) << lines[2];
}

const std::string titles = "variant,detector,build,cpus,expected,trials,flagged,wrong\n";

TEST(Rates, AreSummedUpByLane) {
    auto info = sample("a.b");
    info.variants.push_back({"other", "", "wrong_fix", "data_race", {}, {}});
    info.variants.push_back({"blind", "", "wrong_fix", "race_condition", {}, {}});
    info.variants.push_back({"ended", "", "fixed", "none", {}, {}});
    const auto table = table_of_rates(titles +
                                          "a.b.racy,tsan,clang 14,2,must flag,300,299,0\n"
                                          "a.b.other,tsan,clang 14,2,must flag,300,298,0\n"
                                          "a.b.fixed,tsan,clang 14,2,must stay silent,300,0,0\n"
                                          "a.b.blind,tsan,clang 14,2,blind,300,0,7\n"
                                          "a.b.racy,tsan,clang 14,1,must flag,300,300,0\n"
                                          "a.b.racy,drd,gcc 12,2,must flag,30,29,0\n"
                                          "a.b.fixed,drd,gcc 12,2,must stay silent,30,1,0\n"
                                          "a.b.ended,drd,gcc 12,2,must stay silent,0,0,0\n",
                                      {info});
    EXPECT_TRUE(has(table, "| tsan (clang 14) | 2 | 300 | 2 | 1 | 298 of 300 | 1 | 1 | 1 |"))
        << table;
    EXPECT_TRUE(has(table, "| tsan (clang 14) | 1 | 300 | 1 | 1 | 300 of 300 | 0 | 0 | 3 |"))
        << "both repairs are not measured there, and one of those that are broken\n"
        << table;
    EXPECT_TRUE(has(table, "| drd (gcc 12) | 2 | 30 | 1 | 0 | 29 of 30 | 2 | 0 | 1 |")) << table;
    EXPECT_TRUE(has(table, "| a.b.other | tsan (clang 14) | 2 | must flag | 298 of 300 |"));
    EXPECT_TRUE(has(table, "| a.b.fixed | drd (gcc 12) | 2 | must stay silent | 1 of 30 |"));
    EXPECT_TRUE(has(table, "| a.b.ended | drd (gcc 12) | 2 | must stay silent | 0 of 0 |"));
    EXPECT_FALSE(has(table, "| a.b.racy | tsan")) << table;
}

TEST(Rates, NeedNotBeThereForWhatIsNotRunOrNotAsked) {
    const std::string racy = titles + "a.b.racy,tsan,clang 14,2,must flag,300,300,0\n";
    auto hangs = sample("a.hangs"), blind = sample("a.blind"), elsewhere = sample("a.elsewhere");
    hangs.may_hang = "locks";
    blind.exceptions = {{"blind", "tsan-clang14", "always", "why", 0}};
    elsewhere.exceptions = {{"blind", "tsan-gcc", "always", "why", 0}};
    const auto missing = [&](const judge::CaseInfo& other, const std::string& count) {
        const auto table = table_of_rates(racy, {sample("a.b"), other});
        return has(table, "| 0 | 0 | " + count + " |") ? "" : table;
    };
    EXPECT_EQ(missing(hangs, "1"), "") << "only a.b.fixed is missing";
    EXPECT_EQ(missing(blind, "2"), "") << "a.blind.fixed as well";
    EXPECT_EQ(missing(elsewhere, "3"), "") << "a.elsewhere.racy and .fixed as well";
}

TEST(Rates, ThatAreSomethingElseAreRefused) {
    const auto objection = [](const std::string& rates) -> std::string {
        try {
            table_of_rates(rates, {sample("a.b")});
            return "";
        } catch (const std::runtime_error& wrong) {
            return wrong.what();
        }
    };
    EXPECT_EQ(objection(titles + "a.b.racy,tsan,clang 14,2,must flag,300,300,0\n"), "");
    EXPECT_TRUE(has(objection("variant,detector\n"), "rates begin with"));
    EXPECT_TRUE(has(objection(titles + "a.b.racy,tsan\n"), "line 2 of the rates has 2 values"));
    EXPECT_TRUE(has(objection(titles + "a.b.racy,tsan,c,2,must flag,many,0,0\n"),
                    "'many' among the rates is no number"));
    EXPECT_TRUE(has(objection(titles + "a.b.racy,tsam,clang 14,2,must flag,300,300,0\n"),
                    "'tsam' among the rates is no detector"));
    EXPECT_TRUE(has(objection(titles + "a.b.fixed,tsan,clang 14,2,must flag,300,300,0\n"),
                    "a.b.fixed was measured under tsan as 'must flag', and is 'must stay silent' "
                    "now"));
    EXPECT_TRUE(has(objection(titles + "a.b.racy,tsan,clang 14,2,must flag,300,300,0\n" +
                              "a.b.racy,tsan,clang 14,2,must flag,300,298,0\n"),
                    "a.b.racy stands twice among the rates of tsan (clang 14) | 2"));
    EXPECT_TRUE(has(objection(titles + "a.b.gone,tsan,clang 14,2,must flag,300,300,0\n"),
                    "a.b.gone was measured, and no case has such a variant"));
}

}  // namespace
}  // namespace racepair::report
