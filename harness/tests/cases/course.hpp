#pragma once

#include "judge/session.hpp"

namespace racepair::judge {

/// The cases that are shipped, in the subject of this build, without the canary.
inline std::vector<CaseInfo> shipped_cases(const Session& session) {
    auto cases = session.cases();
    std::erase_if(cases, [](const CaseInfo& info) { return info.name == "racepair.canary"; });
    return cases;
}

}  // namespace racepair::judge
