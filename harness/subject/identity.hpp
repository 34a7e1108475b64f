#pragma once

#include <string>

#include "racepair/scope.hpp"

namespace racepair::subject {

/// Sends the `subject` record: what this program is, as far as it can tell by itself.
void send_identity(const std::string& program);

/// Sends one `case` record for each registered case, with all that its registration says;
/// `explored` stands for the scope of exploring that the cases name themselves, unless it is
/// nullptr.
void send_cases(const Scope* explored);

}  // namespace racepair::subject
