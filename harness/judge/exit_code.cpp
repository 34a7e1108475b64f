#include "exit_code.hpp"

#include <algorithm>

#include "result.hpp"

namespace racepair::judge {

ExitCode exit_code_for(const std::vector<Result>& results) {
    if (results.empty()) return exit_nothing_judged;
    const auto is_untrustworthy = [](const Result& result) {
        return result.verdict == Verdict::tool_error || result.verdict == Verdict::not_instrumented;
    };
    if (std::any_of(results.begin(), results.end(), is_untrustworthy)) return exit_untrustworthy;
    const bool all = std::all_of(results.begin(), results.end(),
                                 [](const Result& result) { return result.as_expected; });
    return all ? exit_as_expected : exit_not_as_expected;
}

}  // namespace racepair::judge
