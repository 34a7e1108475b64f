#pragma once

#include <string>

#include "racepair/scope.hpp"

namespace racepair::subject {

/// Sends the `subject` record: what this program is, as far as it can tell by itself.
void send_identity(const std::string& program);

/// Sends a `case` record, with all that its registration says, for each registered case.
/// `explored` stands for the scope of exploring that the cases name themselves, unless it is
/// nullptr.
void send_cases(const Scope* explored);

}  // namespace racepair::subject
