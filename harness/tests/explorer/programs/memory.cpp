// Programs that leave something behind: what one execution did, the next one must not see.

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "drive.hpp"

namespace explored_memory {

using explored::together;
using explored::words;

int global = 0;
int initialised = 7;
std::atomic<int> atomic_global = 0;
std::vector<int> list;

struct Globals {
    std::string run() {
        static int calls = 0;
        static const std::string made = "made";
        static int in_function = 40;
        const auto use = [] {
            atomic_global.fetch_add(1);
            atomic_global.fetch_add(1);
        };
        together(use, use);
        list.push_back(1);
        return words(++global, ++initialised, ++calls, ++in_function, atomic_global.load(),
                     static_cast<int>(list.size()), made);
    }
};

struct ThreadLocals {
    static thread_local int fresh;
    static thread_local std::string text;
    static thread_local std::unique_ptr<int> owned;
    std::string run() {
        std::atomic<int> turn = 0;
        int seen[2] = {};
        std::string read[2];
        const auto use = [&](int me) {
            turn.fetch_add(1);
            seen[me] = ++fresh;
            text += "x";
            read[me] = text;
            owned = std::make_unique<int>(me);
        };
        together([&] { use(0); }, [&] { use(1); });
        return words(seen[0], seen[1], read[0], read[1], ++fresh);
    }
};
thread_local int ThreadLocals::fresh = 10;
thread_local std::string ThreadLocals::text = "a";
thread_local std::unique_ptr<int> ThreadLocals::owned;

// Allocates, throws, and leaves half of it.
struct Litter {
    int run(racepair::Team& team) {
        std::atomic<int> sum = 0;
        team.run([&] {
            for (int i = 0; i < team.rounds(); ++i) {
                auto* kept = new int[64];
                kept[0] = 1;
                try {
                    throw std::runtime_error(std::string(100, 'x'));
                } catch (const std::runtime_error&) {
                    sum.fetch_add(kept[0]);
                }
            }
        });
        return sum;
    }
};

// One place to switch for each thread and round, and nothing else: many executions in little time.
struct Small {
    std::atomic<int> sum = 0;
    int run(racepair::Team& team) {
        team.run([&] {
            for (int i = 0; i < team.rounds(); ++i) sum.fetch_add(1);
        });
        return sum;
    }
};

}  // namespace explored_memory

using namespace explored_memory;

RACEPAIR_CASE("memory.kept")
    .needs_company()
    .scenario(explored::drive)
    .fixed<Globals>("globals")
    .fixed<ThreadLocals>("thread_locals")
    .fixed<Litter>("litter")
    .fixed<Small>("small");
