#pragma once

namespace racepair {

/// How large a trial is: how many threads take part and how many rounds each of them does.
/// 50 × 1000 for running, 2 × 2 for enumerating schedules; a scenario asks its Team and hard-codes
/// neither.
struct Scope {
    int threads = 2;
    int rounds = 1;
};

}  // namespace racepair
