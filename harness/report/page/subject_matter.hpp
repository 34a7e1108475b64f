#pragma once

#include <string>
#include <vector>

#include "../course.hpp"
#include "../grid.hpp"
#include "markup.hpp"

namespace racepair::report::page {

/// One variant, and what was said of it.
struct Variant {
    std::string name;  // without the case's
    const judge::VariantInfo* info = nullptr;
    std::vector<const judge::Result*> said;  // by lane; nullptr where a lane has nothing

    /// Of those that said something, one whose case has the scope that it runs with.
    const judge::Result& any() const;
    /// Its source text, or "".
    const std::string& definition() const;
};

/// One case with the results of its variants, in the order of its registration.
struct Case {
    const judge::CaseInfo* info = nullptr;
    std::vector<Variant> variants;
    std::string anchor;  // without what an address may not hold
    std::string part;    // of the course; without a course, the mechanism
};

/// All cases, in the order of their names; or as a course has them, then the ones that it does not
/// name. Refers to the grid and its results. Throws std::runtime_error for a result whose variant
/// is none of its own case.
std::vector<Case> cases_of(const Grid& grid, const std::vector<Part>& course = {});

/// "tsan clang 14".
std::string text_of(const Lane& lane);

/// The variants' names, what they are, and their code with differences and racing lines marked.
Markup variants_part(const Case& one);
/// Rows of the table of facts: outcomes of all variants in shared ranges, the right one marked.
Markup outcomes_part(const Case& one, const std::vector<Lane>& lanes);
/// Without a script: how often a variant was wrong, in a line; nothing where no trial was run.
Markup outcomes_in_short(const Case& one, const Variant& variant, const std::vector<Lane>& lanes);
/// Without a script: each kind of report once, with all its places and who saw it, in a line.
Markup reports_in_short(const Variant& variant);
/// Outcomes, what each lane said of each variant and why, and trials by flagged and wrong.
Markup facts_part(const Case& one, const std::vector<Lane>& lanes);
/// Each kind of report once, read aloud, with who saw it.
Markup reports_part(const Case& one, const std::vector<Lane>& lanes);
/// The failing schedules, a column a thread.
Markup schedules_part(const Case& one);
/// Everything that is needed to act on results that are not as expected.
Markup failures_part(const Case& one, const std::vector<Lane>& lanes);

/// A case as an article of the page, without its facts, reports and schedules, which are its
/// details.
Markup case_part(const Case& one, const std::vector<Lane>& lanes);
/// The first screen: the verdict of the run, the matrix, the scores, how to run it again.
Markup overview_part(const std::vector<Case>& cases, const Grid& grid);
/// The counter that the course begins with; the page's script runs all orders of its steps.
Markup seed_part();

/// One letter for what a lane said: the class of a mark in the style sheet.
char mark_of(const judge::Result* result);

/// The line's place without the folder: "plain_counter.cpp:16".
std::string place_of(const judge::Frame& frame);
/// The text of the frame's line, or "" if no result of the variant holds it.
std::string code_at(const Variant& variant, const judge::Frame& frame);

}  // namespace racepair::report::page
