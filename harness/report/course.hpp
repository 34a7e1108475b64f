#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "../judge/evidence.hpp"

namespace racepair::report {

/// One part of a course, and its cases in the order in which they are to be read.
struct Part {
    std::string title;
    std::vector<std::string> cases;
};

/// Reads a reading order: a line that begins with '#' opens a part, any other one names a case;
/// blank lines mean nothing. Throws std::runtime_error for a case before the first part, a case
/// that is named twice, and an order that names none.
std::vector<Part> read_order(std::string_view text);

/// The course as Markdown: for each part a table with one line a case: the lesson, what each
/// detector is expected to say, the exercise, and where the case comes from. Throws
/// std::runtime_error for a case that is named but not there, or there but not named.
std::string course_of(const std::vector<judge::CaseInfo>& cases, const std::vector<Part>& order);

}  // namespace racepair::report
