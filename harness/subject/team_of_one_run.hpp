#pragma once

namespace racepair::subject {

/// From now on the members of each team are threads of one run and no longer, and nothing stops
/// them: valgrind's tools know what it means to make and to join a thread, and not what a gate of
/// atomics means. An explorer's teams are always of that kind.
void let_members_live_one_run();

}  // namespace racepair::subject
