#include "verdict.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace racepair::judge {
namespace {

constexpr std::array<std::pair<Verdict, const char*>, 11> names = {{
    {Verdict::caught, "CAUGHT"},
    {Verdict::clean, "CLEAN"},
    {Verdict::missed, "MISSED"},
    {Verdict::false_alarm, "FALSE_ALARM"},
    {Verdict::wrong_race, "WRONG_RACE"},
    {Verdict::wrong_outcome, "WRONG_OUTCOME"},
    {Verdict::crashed, "CRASHED"},
    {Verdict::hung, "HUNG"},
    {Verdict::tool_error, "TOOL_ERROR"},
    {Verdict::not_instrumented, "NOT_INSTRUMENTED"},
    {Verdict::not_run, "NOT_RUN"},
}};

}  // namespace

std::string text_of(Verdict verdict) {
    for (const auto& [value, name] : names)
        if (value == verdict) return name;
    throw std::invalid_argument("no such verdict");
}

Verdict verdict_of(std::string_view text) {
    for (const auto& [value, name] : names)
        if (text == name) return value;
    throw std::invalid_argument("no such verdict: " + std::string(text));
}

std::string why_it_matters(Verdict verdict) {
    switch (verdict) {
        case Verdict::caught:
            return "A case says that this detector cannot see the defect. It can: the case would "
                   "teach something false.";
        case Verdict::clean:
            return "A case says that this detector raises a false alarm here. It no longer does: "
                   "drop the exception.";
        case Verdict::missed:
            return "A detector that misses a race which is known to be there would miss an unknown "
                   "one too.";
        case Verdict::false_alarm:
            return "Either the repair does not repair, or the detector cannot be believed about "
                   "it.";
        case Verdict::wrong_race:
            return "A report about something else says nothing about this case: its own race may "
                   "be unseen.";
        case Verdict::wrong_outcome:
            return "The code gives a wrong result. Silence of a detector does not make it right.";
        case Verdict::crashed: return "What a process did not live to tell cannot be judged.";
        case Verdict::hung: return "Code that does not end proves nothing, and blocks a gate.";
        case Verdict::tool_error:
            return "With this set-up a silent run would look the same as a clean one.";
        case Verdict::not_instrumented:
            return "The detector did not look at this code: its silence means nothing.";
        case Verdict::not_run: return "What was not looked at to the end may not be green.";
    }
    return "";
}

}  // namespace racepair::judge
