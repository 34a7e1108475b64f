// Generated programs, explored with reduction and without: what one of the two sees, the other sees
// too, and reduction takes as many executions as there are inequivalent schedules. How many
// programs, and from which number on, is told by RACEPAIR_PROGRAMS and RACEPAIR_FIRST_PROGRAM.

#include <gtest/gtest.h>

#include <cstdlib>

#include "exploration.hpp"

namespace racepair::explored {
namespace {

long number_from(const char* variable, long otherwise) {
    const char* text = std::getenv(variable);
    return text != nullptr ? std::atol(text) : otherwise;
}

Exploration explore_program(long number, const Words& words) {
    return explore(SubjectRun{.subject = RACEPAIR_GENERATED_SUBJECT,
                              .variant = "generated.program.made",
                              .words = words,
                              .environment = {{"RACEPAIR_GENERATED", std::to_string(number)}}});
}

TEST(Generated, ProgramsAreExploredAlikeWithReductionAndWithout) {
    const long first = number_from("RACEPAIR_FIRST_PROGRAM", 1);
    const long count = number_from("RACEPAIR_PROGRAMS", 300);
    long compared = 0, too_large = 0, schedules = 0;
    for (long number = first; number < first + count && !HasFailure(); ++number) {
        SCOPED_TRACE("program " + std::to_string(number));
        const auto reduced = explore_program(number, {"--executions", "2000"});
        ASSERT_FALSE(reduced.last("explored").empty()) << reduced;
        if (!reduced.exhausted() && reduced.last("explored").value("because", "") == "executions") {
            ++too_large;
            continue;
        }
        const auto every = explore_program(
            number, {"--strategy", "every", "--count-traces", "--executions", "40000"});
        if (!every.exhausted() && every.last("explored").value("because", "") == "executions") {
            ++too_large;
            continue;
        }
        ++compared;
        schedules += reduced.executions();
        EXPECT_TRUE(reduced.exhausted()) << reduced;
        EXPECT_TRUE(every.exhausted()) << every;
        EXPECT_EQ(reduced.executions(), every.number("traces"));
        EXPECT_EQ(reduced.number("blocked"), 0);
        EXPECT_EQ(reduced.number("infeasible"), 0);
        EXPECT_EQ(reduced.outcome_set(), every.outcome_set());
        EXPECT_EQ(reduced.findings(), every.findings());
        EXPECT_EQ(reduced.races(), every.races());
    }
    RecordProperty("compared", static_cast<int>(compared));
    std::cout << compared << " programs compared, " << schedules << " schedules, " << too_large
              << " too large\n";
    EXPECT_GT(compared, 0) << "nothing was compared: is RACEPAIR_PROGRAMS a number?";
    EXPECT_GE(10 * compared, 7 * std::min(count, compared + too_large))
        << "too few of the programs are small enough to be compared";
}

}  // namespace
}  // namespace racepair::explored
