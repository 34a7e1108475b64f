// What threads learn of each other when one joins another, and what they know of each other's
// stacks.

#include <atomic>
#include <mutex>
#include <thread>

#include "drive.hpp"

namespace explored_threads {

using explored::together;
using explored::words;

// One thread goes on after the end of another, while a third runs: what it does then cannot come
// before what the other did.
struct JoinsBetween {
    std::atomic<int> first = 0;
    std::atomic<int> second = 0;
    std::string run() {
        std::thread writes([&] { first = 1; });
        int seen[2] = {};
        std::thread looks([&] {
            seen[0] = second;
            seen[1] = first.exchange(2);
        });
        second = 1;
        writes.join();  // it may have ended, or not
        second = 2;
        looks.join();
        return words(seen[0], seen[1]);
    }
};

// A thread that has heard of what a third one wrote passes that on to whoever joins it.
struct NewsByMutex {
    int news = 0;
    std::mutex mutex;
    bool told = false;
    int run() {
        std::thread writes([&] {
            news = 42;
            std::lock_guard lock(mutex);
            told = true;
        });
        bool heard = false;
        std::thread listens([&] {
            std::lock_guard lock(mutex);
            heard = told;
        });
        listens.join();
        const int seen = heard ? news : -1;
        writes.join();
        return seen;
    }
};

struct NewsByAtomic {
    int news = 0;
    std::atomic<bool> told = false;
    int run() {
        std::thread writes([&] {
            news = 42;
            told = true;
        });
        bool heard = false;
        std::thread listens([&] { heard = told; });
        listens.join();
        const int seen = heard ? news : -1;
        writes.join();
        return seen;
    }
};

// A child's child: what it wrote is known to whoever joins the child that joined it.
struct NestedPlain {
    int run() {
        int news = 0;
        std::thread child([&] {
            std::thread grandchild([&] { news = 42; });
            grandchild.join();
        });
        child.join();
        return news;
    }
};

// Waits for one variable while it reads many others on its stack, which another thread reads too.
struct WaitsAmongMany {
    std::atomic<int> flag = 0;
    int run() {
        int a = 1, b = 1, c = 1, d = 1, e = 1, f = 1, g = 1, h = 1, i = 1, sum = 0;
        const auto all = [&] { return a + b + c + d + e + f + g + h + i; };
        std::thread other([&] {
            sum = all();
            flag = 1;
        });
        while (flag == 0) all();
        other.join();
        return sum;
    }
};

// Reads another part of its parent's stack in each schedule.
struct ShiftingReads {
    static constexpr int steps = 6;
    std::mutex mutex;
    unsigned hash = 1;
    int run() {
        int table[512] = {};
        const auto shift = [&](unsigned by) {
            for (int step = 0; step < steps; ++step) {
                std::lock_guard lock(mutex);
                hash = (2 * hash + by) % 512;
                if (table[hash] != 0) hash = 0;
            }
        };
        together([&] { shift(0); }, [&] { shift(1); });
        return 0;
    }
};

// A variable on one thread's stack that another one knows of.
struct OnTheStack {
    int run() {
        int mine = 0, seen = 0;
        std::thread other([&] { seen = mine; });
        mine = 1;
        other.join();
        return seen;
    }
};

}  // namespace explored_threads

using namespace explored_threads;

RACEPAIR_CASE("kernels.threads")
    .needs_company()
    .scenario(explored::drive)
    .fixed<JoinsBetween>("joins_between")
    .fixed<NewsByMutex>("news_by_mutex")
    .fixed<NewsByAtomic>("news_by_atomic")
    .fixed<NestedPlain>("nested_plain")
    .fixed<WaitsAmongMany>("waits_among_many")
    .fixed<ShiftingReads>("shifting_reads")
    .racy<OnTheStack>("on_the_stack");
