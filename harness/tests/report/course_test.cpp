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
    EXPECT_TRUE(has(objection({sample("a.b")}, "#\na.b\na.b"), "stands twice"));
    EXPECT_TRUE(has(objection({sample("a.b")}, "#\na.b\na.c"), "no case has that name"));
    EXPECT_TRUE(has(objection({sample("a.b")}, "#\n"), "a.b does not stand in"));
    EXPECT_TRUE(has(objection({sample("a.b")}, "a.b\n#\n"), "before the first part"));
}

TEST(Rates, AreOneLineAVariantAndLane) {
    const auto lines = lines_of(rates_of({fixed_under_tsan(), racy_under_tsan()}));
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0], "variant,detector,build,cpus,expected,trials,flagged,wrong");
    EXPECT_TRUE(has(lines[1], "fixed,tsan,clang 14,")) << lines[1];
    EXPECT_TRUE(has(lines[2], ",must flag,")) << lines[2];
}

}  // namespace
}  // namespace racepair::report
