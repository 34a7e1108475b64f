// Programs whose threads take and give.

#include <semaphore.h>

#include <semaphore>
#include <string>

#include "drive.hpp"

namespace explored_semaphores {

using explored::together;
using explored::words;

struct Semaphore {
    std::counting_semaphore<4> free{1};
    int order = 0;
    int run(racepair::Team& team) {
        team.run([&](int index) {
            free.acquire();
            order = order * 10 + index + 1;
            free.release();
        });
        return order;
    }
};

struct SemaphoreHandover {
    std::binary_semaphore ready{0};
    int value = 0;
    int run() {
        int got = 0;
        together(
            [&] {
                value = 42;
                ready.release();
            },
            [&] {
                ready.acquire();
                got = value;
            });
        return got;
    }
};

struct TryAcquire {
    std::counting_semaphore<4> free{1};
    std::string run() {
        bool first = false, second = false;
        together([&] { first = free.try_acquire(); }, [&] { second = free.try_acquire(); });
        return words(first, second);
    }
};

struct PosixSemaphore {
    sem_t free;
    int order = 0;
    int run(racepair::Team& team) {
        sem_init(&free, 0, 1);
        team.run([&](int index) {
            sem_wait(&free);
            order = order * 10 + index + 1;
            sem_post(&free);
        });
        return order;
    }
};

}  // namespace explored_semaphores

using namespace explored_semaphores;

RACEPAIR_CASE("kernels.semaphores")
    .needs_company()
    .scenario(explored::drive)
    .fixed<Semaphore>("semaphore")
    .fixed<SemaphoreHandover>("semaphore_handover")
    .fixed<TryAcquire>("try_acquire")
    .fixed<PosixSemaphore>("posix_semaphore");
