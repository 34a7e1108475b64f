#include "spread.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include "silent.hpp"

namespace racepair::subject {
namespace {

constexpr int most_cpus = 4096;
constexpr int bits = 8 * sizeof(unsigned long);

bool are_spread = false;
__thread bool has_place = false;

struct CpuSet {
    unsigned long words[most_cpus / bits];

    bool has(int cpu) const { return (words[cpu / bits] >> (cpu % bits) & 1) != 0; }
};

/// The CPU number `index` of the set, which has more than that; they are dealt out in turn.
int cpu_of(const CpuSet& allowed, int index) {
    int count = 0;
    for (int cpu = 0; cpu < most_cpus; ++cpu) count += allowed.has(cpu) ? 1 : 0;
    int left = count > 0 ? index % count : 0;
    for (int cpu = 0; cpu < most_cpus; ++cpu)
        if (allowed.has(cpu) && left-- == 0) return cpu;
    return -1;
}

}  // namespace

void spread_members() { __atomic_store_n(&are_spread, true, __ATOMIC_RELAXED); }
void gather_members() { __atomic_store_n(&are_spread, false, __ATOMIC_RELAXED); }

void take_place(int index) {
    if (has_place || !__atomic_load_n(&are_spread, __ATOMIC_RELAXED)) return;
    has_place = true;
    CpuSet set;
    for (auto& word : set.words) word = 0;
    // A refusal leaves the member where it is, which is no error: then it is as without.
    if (syscall(SYS_sched_getaffinity, 0, sizeof set, &set) <= 0) return;
    const int cpu = cpu_of(set, index);
    if (cpu < 0) return;
    for (auto& word : set.words) word = 0;
    set.words[cpu / bits] = 1UL << (cpu % bits);
    syscall(SYS_sched_setaffinity, 0, sizeof set, &set);
}

}  // namespace racepair::subject
