#pragma once

namespace racepair::subject {

/// Members on CPUs of their own. A machine with more to do than it has CPUs may run all members of
/// a team on one of them, for minutes, and then an increment of one instruction is never
/// interrupted: it takes two CPUs at once to lose it. From now on the members of a team are dealt
/// out to the CPUs that the process may use, one after the other, and stay there; whatever else
/// runs, members on two CPUs meet. It costs time, because a member waits for its CPU even while
/// another one is free.
void spread_members();

/// From now on new teams run wherever the machine puts them.
void gather_members();

/// Called by the member of that index, as often as it likes: takes its CPU if members are spread.
void take_place(int index);

}  // namespace racepair::subject
