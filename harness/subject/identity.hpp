#pragma once

#include <string>

namespace racepair::subject {

/// Sends the `subject` record: what this program is, as far as it can tell by itself.
void send_identity(const std::string& program);

/// Sends one `case` record for each registered case, with all that its registration says.
void send_cases();

}  // namespace racepair::subject
