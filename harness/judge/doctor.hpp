#pragma once

#include <string>
#include <vector>

#include "machine.hpp"
#include "session.hpp"

namespace racepair::judge {

/// One thing that the doctor looked at.
struct Finding {
    enum class State { good, remark, bad, absent };
    std::string name;
    State state = State::good;
    std::string seen;
    std::string fix;  // what to do about it; empty where there is nothing to do
};

/// "ok", "remark", "bad", "absent".
std::string text_of(Finding::State state);

/// Looks at this machine: compilers, address randomisation, symbolizer, CPUs, options.
std::vector<Finding> examine_machine(const Machine& machine);

/// Looks at a subject: what it is built with, and whether its detector sees the canary's race, at
/// its lines, and stays silent about the repair. Runs two processes. Together with examine_machine
/// well under two seconds.
std::vector<Finding> examine_subject(const std::string& subject, const Request& request,
                                     const Machine& machine);

/// Could address randomisation be turned off for a child? "" or the reason why not.
std::string why_aslr_stays_on();

}  // namespace racepair::judge
