#pragma once

#include <gtest/gtest.h>

#include <string>

#include "call.hpp"
#include "tests/judge/judge_printers.hpp"

namespace racepair::lying {

inline int code_of_refusal(Verdict verdict) {
    const bool untrustworthy =
        verdict == Verdict::tool_error || verdict == Verdict::not_instrumented;
    return untrustworthy ? judge::exit_untrustworthy : judge::exit_not_as_expected;
}

/// The verdict is this one, it fails the run, and what is printed says so and what to do.
inline void expect_refused(const Answer& answer, Verdict verdict) {
    ASSERT_EQ(answer.results.size(), 1u) << answer.text;
    const auto& result = answer.results.front();
    EXPECT_EQ(result.verdict, verdict) << answer.text;
    EXPECT_FALSE(result.as_expected) << answer.text;
    EXPECT_EQ(answer.exit_code, code_of_refusal(verdict)) << answer.text;
    EXPECT_FALSE(result.seen.empty());
    for (const std::string part : {"\n  expected   ", "\n  seen       ", "\n  where      ",
                                   "\n  why        ", "\n  reproduce  "})
        EXPECT_TRUE(answer.says(part)) << part << " is missing in:\n" << answer.text;
    EXPECT_TRUE(answer.says(text_of(verdict) + " ")) << answer.text;
    EXPECT_TRUE(answer.says("reproduce  " + result.reproduce + "\n")) << answer.text;
    EXPECT_TRUE(answer.says(result.info.file + ":" + std::to_string(result.info.line)))
        << answer.text;
}

/// The same verdict once more, from the command that was printed.
inline void expect_reproducible(const Answer& answer) {
    ASSERT_EQ(answer.results.size(), 1u) << answer.text;
    const auto& result = answer.results.front();
    const auto again = reproduce(result);
    ASSERT_EQ(again.results.size(), 1u) << again.text;
    EXPECT_EQ(again.results.front().verdict, result.verdict) << again.text;
    EXPECT_EQ(again.results.front().name, result.name);
    EXPECT_EQ(again.exit_code, answer.exit_code) << again.text;
}

}  // namespace racepair::lying
