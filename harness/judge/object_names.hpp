#pragma once

#include <string>

#include "exploration.hpp"
#include "symbols.hpp"

namespace racepair::judge {

/// Gives each object of a schedule a name that a reader of the source finds again: the member of
/// the object under test, whose type is given as the source spells it, or "+8 in Racy" where there
/// is no such member. For any other object: the one identifier that all lines have in common which
/// access it, or "object 1".
void name_objects(ScheduleStory& story, const std::string& type, const Symbols& symbols);

}  // namespace racepair::judge
