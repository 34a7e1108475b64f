// Programs whose threads wait until all of them are there.

#include <pthread.h>

#include <barrier>
#include <latch>
#include <string>

#include "drive.hpp"

namespace explored_barriers {

using explored::together;
using explored::words;

struct Barrier {
    std::barrier<> both{2};
    int left[2] = {};
    std::string run() {
        int seen[2] = {};
        const auto meet = [&](int me) {
            left[me] = 1;
            both.arrive_and_wait();
            seen[me] = left[1 - me];
        };
        together([&] { meet(0); }, [&] { meet(1); });
        return words(seen[0], seen[1]);
    }
};

struct Latch {
    std::latch done{2};
    int parts[2] = {};
    int run() {
        int sum = 0;
        const auto work = [&](int me) {
            parts[me] = 1;
            done.count_down();
        };
        together([&] { work(0); }, [&] { work(1); },
                 [&] {
                     done.wait();
                     sum = parts[0] + parts[1];
                 });
        return sum;
    }
};

struct PosixBarrier {
    pthread_barrier_t both;
    int left[2] = {};
    std::string run() {
        pthread_barrier_init(&both, nullptr, 2);
        int seen[2] = {};
        const auto meet = [&](int me) {
            left[me] = 1;
            pthread_barrier_wait(&both);
            seen[me] = left[1 - me];
        };
        together([&] { meet(0); }, [&] { meet(1); });
        pthread_barrier_destroy(&both);
        return words(seen[0], seen[1]);
    }
};

}  // namespace explored_barriers

using namespace explored_barriers;

RACEPAIR_CASE("kernels.barriers")
    .needs_company()
    .scenario(explored::drive)
    .fixed<Barrier>("barrier")
    .fixed<Latch>("latch")
    .fixed<PosixBarrier>("posix_barrier");
