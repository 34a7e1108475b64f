#pragma once

#include <string>

#include "racepair/scope.hpp"

namespace racepair::subject {

/// Sends the `subject` record: what this program is, as far as it can tell by itself.
void send_identity(const std::string& program);

/// Sends a `case` record, with all that its registration says, for each registered case; or, where
/// `run` names a variant, for its case and the canary's alone. `explored` stands for the scope of
/// exploring that the cases name themselves, unless it is nullptr.
void send_cases(const std::string& run, const Scope* explored);

}  // namespace racepair::subject
