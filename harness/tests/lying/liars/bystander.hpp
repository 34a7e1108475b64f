#pragma once

#include "racepair/order.hpp"

namespace lying {

/// Called by two threads at once, races on an object of its own, in a source file of its own.
void race_elsewhere(racepair::Order& order, int everyone);

}  // namespace lying
