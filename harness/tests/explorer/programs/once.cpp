// Programs in which the first thread does what the others wait for.

#include <atomic>
#include <mutex>
#include <string>

#include "drive.hpp"

namespace explored_once {

using explored::together;
using explored::words;

struct CallOnce {
    std::once_flag once;
    int calls = 0;
    int run(racepair::Team& team) {
        team.run([&] { std::call_once(once, [&] { ++calls; }); });
        return calls;
    }
};

struct CallOnceThrows {
    std::once_flag once;
    std::atomic<int> calls = 0, caught = 0;
    std::string run(racepair::Team& team) {
        team.run([&] {
            try {
                std::call_once(once, [&] {
                    if (++calls == 1) throw 1;
                });
            } catch (int) {
                ++caught;
            }
        });
        return words(calls, caught);
    }
};

struct LocalStatic {
    static int made;
    struct Made {
        int number = ++made;
    };
    static int get() {
        static const Made one;
        return one.number;
    }
    std::string run() {
        int seen[2] = {};
        together([&] { seen[0] = get(); }, [&] { seen[1] = get(); });
        return words(seen[0], seen[1], made);
    }
};
int LocalStatic::made = 0;

}  // namespace explored_once

using namespace explored_once;

RACEPAIR_CASE("kernels.once")
    .needs_company()
    .scenario(explored::drive)
    .fixed<CallOnce>("call_once")
    .fixed<CallOnceThrows>("call_once_throws")
    .fixed<LocalStatic>("local_static");
