#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence.hpp"

namespace racepair::judge {

/// What a tool of valgrind (Helgrind, DRD) wrote with --xml=yes.
struct ValgrindOutput {
    std::vector<Report> reports;  // in their order; variant, trial and object are not known here
    std::string fault;            // why it cannot be read, or not to its end; "" if it could
};

/// Reads protocol 4 of valgrind's XML (since 2009): kinds as racepair names them, both accesses of
/// a race where the tool tells both (DRD tells one), frames with the names that the tool found.
/// Cost: linear; the document is held twice.
ValgrindOutput read_valgrind(std::string_view xml);

}  // namespace racepair::judge
