#include <gtest/gtest.h>

#include <algorithm>

#include "course.hpp"

namespace racepair::judge {
namespace {

const VariantInfo& first_of_kind(const CaseInfo& info, const std::string& kind) {
    const auto found =
        std::find_if(info.variants.begin(), info.variants.end(),
                     [&](const VariantInfo& variant) { return variant.kind == kind; });
    if (found == info.variants.end()) throw std::runtime_error(info.name + " has no " + kind);
    return *found;
}

/// The code of one variant in the role of another: with its kind, its defect, and what is known
/// about it.
VariantInfo in_role_of(const VariantInfo& code, VariantInfo role) {
    role.name = code.name;
    role.type = code.type;
    return role;
}

// A case whose racy and fixed code were exchanged has to turn the run red: otherwise its green says
// nothing.
TEST(Course, TurnsRedWhenRacyAndFixedAreSwapped) {
    Request request;
    request.trials = 10;
    const Session session(RACEPAIR_CASES_SUBJECT, request, this_machine());
    int judged = 0;
    for (const auto& info : judged_cases(session)) {
        const auto& racy = first_of_kind(info, "racy");
        const auto& fixed = first_of_kind(info, "fixed");
        const auto expected = expectation_for(info, racy, session.detector(), session.identity());
        // Where the detector is blind to the racy code, or flags the fixed one, it cannot tell them
        // apart; the case has to say why.
        const auto of_fixed = expectation_for(info, fixed, session.detector(), session.identity());
        if (expected.stance == Stance::blind || of_fixed.stance == Stance::false_alarm) {
            EXPECT_FALSE(expected.why.empty() && of_fixed.why.empty()) << info.name;
            continue;
        }
        CaseInfo swapped = info;
        swapped.variants = {in_role_of(fixed, racy)};
        const auto as_racy = session.judge(swapped, swapped.variants[0]);
        EXPECT_EQ(as_racy.verdict, Verdict::missed) << info.name << ": " << as_racy.seen;
        EXPECT_FALSE(as_racy.as_expected) << info.name;
        ++judged;
        // The other way round, the explorer is sure to see it in a few schedules, and at little
        // cost: a data race. What only an outcome shows takes more.
        if (!session.detector().explores || racy.defect != "data_race") continue;
        swapped.variants = {in_role_of(racy, fixed)};
        const auto as_fixed = session.judge(swapped, swapped.variants[0]);
        EXPECT_EQ(as_fixed.verdict, Verdict::false_alarm) << info.name << ": " << as_fixed.seen;
        EXPECT_FALSE(as_fixed.as_expected) << info.name;
    }
    EXPECT_GT(judged, 0);
}

}  // namespace
}  // namespace racepair::judge
