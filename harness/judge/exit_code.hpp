#pragma once

#include <vector>

namespace racepair::judge {

struct Result;

/// What `racepair` exits with. Part of the interface: scripts and CI rely on these.
enum ExitCode : int {
    exit_as_expected = 0,      // every verdict is as expected
    exit_not_as_expected = 1,  // at least one is not
    exit_usage = 2,            // the command line, or a file that it names, cannot be understood
    exit_nothing_judged = 3,   // no variant was judged: an unmatched filter, an empty shard
    exit_untrustworthy = 4,    // the set-up cannot be trusted: TOOL_ERROR or NOT_INSTRUMENTED
    exit_refused = 5,          // a schedule cannot be replayed: it is broken, or of another program
    exit_internal = 70,        // a defect of racepair itself
};

/// The code for what these results came to.
ExitCode exit_code_for(const std::vector<Result>& results);

}  // namespace racepair::judge
