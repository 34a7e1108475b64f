#pragma once

#include <string>
#include <vector>

#include "../judge/exploration.hpp"

namespace racepair::report {

/// What an object is called, or its address where it has no name.
std::string name_of(const judge::ScheduleStory& story, const std::string& object);

/// The value of a step as a programmer would write it: small ones with their sign, large ones as an
/// address. The step must have one.
std::string value_of(const judge::Step& step);

/// A step in words: "ops", " = ", "1", or "lock", "m".
struct StepWords {
    std::string verb;  // "" of a read and a write, which the sign tells
    std::string object;
    std::string sign;                // between object and value
    std::string value;               // "" where it is not known
    std::vector<std::string> locks;  // held meanwhile, the object itself left out
};
StepWords words_of(const judge::ScheduleStory& story, const judge::Step& step);

/// "ops -> 0", "ops = 1", "lock m", with the locks held meanwhile in brackets.
std::string operation_of(const judge::ScheduleStory& story, const judge::Step& step);

/// The threads that take a step, in ascending order.
std::vector<int> threads_of(const judge::ScheduleStory& story);

}  // namespace racepair::report
