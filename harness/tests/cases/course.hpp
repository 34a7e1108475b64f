#pragma once

#include "judge/session.hpp"

namespace racepair::judge {

/// The shipped cases that this build's detector can run: all but the canary and those left out.
inline std::vector<CaseInfo> judged_cases(const Session& session) {
    auto cases = session.cases();
    std::erase_if(cases, [](const CaseInfo& info) { return info.name == "racepair.canary"; });
    return cases;
}

/// … and with those that it leaves out.
inline std::vector<CaseInfo> shipped_cases(const Session& session) {
    auto cases = judged_cases(session);
    cases.insert(cases.end(), session.left_out().begin(), session.left_out().end());
    return cases;
}

}  // namespace racepair::judge
