// Litmus tests: the outcomes that sequential consistency allows, and data races by the memory
// orders that are declared.

#include <atomic>

#include "drive.hpp"

namespace explored_litmus {

using explored::together;
using explored::words;

using Order = std::memory_order;
constexpr Order relaxed = std::memory_order_relaxed, acquire = std::memory_order_acquire,
                release = std::memory_order_release, acq_rel = std::memory_order_acq_rel,
                seq_cst = std::memory_order_seq_cst;

template <Order writes, Order reads>
struct StoreBuffering {
    std::atomic<int> x = 0, y = 0;
    std::string run() {
        int a = -1, b = -1;
        together(
            [&] {
                x.store(1, writes);
                a = y.load(reads);
            },
            [&] {
                y.store(1, writes);
                b = x.load(reads);
            });
        return words(a, b);
    }
};

template <Order writes, Order reads>
struct LoadBuffering {
    std::atomic<int> x = 0, y = 0;
    std::string run() {
        int a = -1, b = -1;
        together(
            [&] {
                a = y.load(reads);
                x.store(1, writes);
            },
            [&] {
                b = x.load(reads);
                y.store(1, writes);
            });
        return words(a, b);
    }
};

template <Order writes, Order reads>
struct IndependentReads {
    std::atomic<int> x = 0, y = 0;
    std::string run() {
        int a = -1, b = -1, c = -1, d = -1;
        together([&] { x.store(1, writes); }, [&] { y.store(1, writes); },
                 [&] {
                     a = x.load(reads);
                     b = y.load(reads);
                 },
                 [&] {
                     c = y.load(reads);
                     d = x.load(reads);
                 });
        return words(a, b, c, d);
    }
};

template <Order writes, Order reads>
struct CoherentReads {
    std::atomic<int> x = 0;
    std::string run() {
        int a = -1, b = -1;
        together(
            [&] {
                x.store(1, writes);
                x.store(2, writes);
            },
            [&] {
                a = x.load(reads);
                b = x.load(reads);
            });
        return words(a, b);
    }
};

template <Order writes>
struct TwoTimesTwoWrites {
    std::atomic<int> x = 0, y = 0;
    std::string run() {
        together(
            [&] {
                x.store(1, writes);
                y.store(2, writes);
            },
            [&] {
                y.store(1, writes);
                x.store(2, writes);
            });
        return words(x, y);
    }
};

// Message passing: `data` is plain, and the flag decides whether its accesses are ordered.

template <Order writes, Order reads>
struct MessagePassing {
    int data = 0;
    std::atomic<int> flag = 0;
    int run() {
        int got = -1;
        together(
            [&] {
                data = 1;
                flag.store(1, writes);
            },
            [&] {
                if (flag.load(reads) == 1) got = data;
            });
        return got;
    }
};

template <Order before, Order after>
struct MessagePassingWithFences {
    int data = 0;
    std::atomic<int> flag = 0;
    int run() {
        int got = -1;
        together(
            [&] {
                data = 1;
                if (before != relaxed) std::atomic_thread_fence(before);
                flag.store(1, relaxed);
            },
            [&] {
                if (flag.load(relaxed) != 1) return;
                if (after != relaxed) std::atomic_thread_fence(after);
                got = data;
            });
        return got;
    }
};

// The flag's release sequence goes on through an update of another thread, …
template <Order update>
struct ReleaseSequence {
    int data = 0;
    std::atomic<int> flag = 0;
    int run() {
        int got = -1;
        together(
            [&] {
                data = 1;
                flag.store(1, release);
            },
            [&] {
                int one = 1;
                flag.compare_exchange_strong(one, 2, update);
            },
            [&] {
                if (flag.load(acquire) == 2) got = data;
            });
        return got;
    }
};

// … but not through a store.
template <Order store>
struct BrokenReleaseSequence {
    int data = 0;
    std::atomic<int> flag = 0;
    int run() {
        int got = -1;
        together(
            [&] {
                data = 1;
                flag.store(1, release);
            },
            [&] {
                if (flag.load(relaxed) == 1) flag.store(2, store);
            },
            [&] {
                if (flag.load(acquire) == 2) got = data;
            });
        return got;
    }
};

// The same as message passing, with a relaxed load, in functions that have names.
struct NamedFunctions {
    int data = 0;
    std::atomic<int> flag = 0;
    void publish() {
        data = 1;
        flag.store(1, release);
    }
    int receive() {
        if (flag.load(relaxed) == 0) return -1;
        return data;
    }
    int run() {
        int got = -1;
        together([&] { publish(); }, [&] { got = receive(); });
        return got;
    }
};

// A fence releases what was done before it, and this was done after.
struct FenceTooEarly {
    int data = 0;
    std::atomic<int> flag = 0;
    int run() {
        int got = -1;
        together(
            [&] {
                std::atomic_thread_fence(release);
                data = 1;
                flag.store(1, relaxed);
            },
            [&] {
                if (flag.load(acquire) == 1) got = data;
            });
        return got;
    }
};

// A fence before the store of a *neighbour* of the flag publishes nothing through the flag.
struct NeighbourPublishes {
    int data = 0;
    alignas(8) std::atomic<int> flags[2] = {0, 0};
    int run() {
        int got = -1;
        together(
            [&] {
                data = 1;
                flags[0].store(1, release);
                flags[1].store(1, relaxed);
            },
            [&] {
                if (flags[1].load(acquire) == 1) got = data;
            });
        return got;
    }
};

struct NeighbourOverwrites {
    int data = 0;
    alignas(8) std::atomic<int> flags[2] = {0, 0};
    int run() {
        int got = -1;
        together(
            [&] {
                data = 1;
                flags[0].store(1, release);
                flags[1].store(1, relaxed);
            },
            [&] {
                if (flags[0].load(acquire) == 1) got = data;
            });
        return got;
    }
};

struct ByTheThreadsEnd {
    int data = 0;
    int run() {
        std::thread([&] { data = 1; }).join();
        std::thread([&] { ++data; }).join();
        return data;
    }
};

struct BeforeTheJoin {
    int data = 0;
    int run() {
        std::thread writer([&] { data = 1; });
        const int seen = data;
        writer.join();
        return seen;
    }
};

struct PlainStoreBuffering {
    int x = 0, y = 0;
    std::string run() {
        int a = -1, b = -1;
        together(
            [&] {
                x = 1;
                a = y;
            },
            [&] {
                y = 1;
                b = x;
            });
        return words(a, b);
    }
};

struct Neighbours {
    char cells[2] = {};
    std::string run() {
        together([&] { cells[0] = 1; }, [&] { cells[1] = 2; });
        return words(static_cast<int>(cells[0]), static_cast<int>(cells[1]));
    }
};

}  // namespace explored_litmus

using namespace explored_litmus;

RACEPAIR_CASE("litmus.atomic")
    .needs_company()
    .scenario(explored::drive)
    .fixed<StoreBuffering<relaxed, relaxed>>("sb_relaxed")
    .fixed<StoreBuffering<release, acquire>>("sb_release_acquire")
    .fixed<StoreBuffering<seq_cst, seq_cst>>("sb_seq_cst")
    .fixed<LoadBuffering<relaxed, relaxed>>("lb_relaxed")
    .fixed<LoadBuffering<release, acquire>>("lb_release_acquire")
    .fixed<IndependentReads<relaxed, relaxed>>("iriw_relaxed")
    .fixed<IndependentReads<seq_cst, seq_cst>>("iriw_seq_cst")
    .fixed<CoherentReads<relaxed, relaxed>>("corr_relaxed")
    .fixed<TwoTimesTwoWrites<relaxed>>("2_2w_relaxed")
    .fixed<TwoTimesTwoWrites<seq_cst>>("2_2w_seq_cst");

RACEPAIR_CASE("litmus.ordered")
    .needs_company()
    .scenario(explored::drive)
    .fixed<MessagePassing<release, acquire>>("release_acquire")
    .fixed<MessagePassing<seq_cst, seq_cst>>("seq_cst")
    .fixed<MessagePassingWithFences<release, acquire>>("fences")
    .fixed<MessagePassingWithFences<acq_rel, acq_rel>>("fences_acq_rel")
    .fixed<MessagePassingWithFences<seq_cst, seq_cst>>("fences_seq_cst")
    .fixed<ReleaseSequence<relaxed>>("release_sequence")
    .fixed<ReleaseSequence<acq_rel>>("release_sequence_acq_rel")
    .fixed<NeighbourOverwrites>("neighbour_overwrites")
    .fixed<ByTheThreadsEnd>("join")
    .fixed<Neighbours>("neighbours");

RACEPAIR_CASE("litmus.racing")
    .needs_company()
    .scenario(explored::drive)
    .racy<MessagePassing<relaxed, relaxed>>("relaxed")
    .racy<MessagePassing<release, relaxed>>("release_relaxed")
    .racy<MessagePassing<relaxed, acquire>>("relaxed_acquire")
    .racy<MessagePassingWithFences<relaxed, acquire>>("only_acquire_fence")
    .racy<MessagePassingWithFences<release, relaxed>>("only_release_fence")
    .racy<MessagePassingWithFences<acquire, release>>("fences_the_wrong_way")
    .racy<BrokenReleaseSequence<relaxed>>("broken_release_sequence")
    .racy<NeighbourPublishes>("neighbour_publishes")
    .racy<FenceTooEarly>("fence_too_early")
    .racy<NamedFunctions>("named_functions")
    .racy<BeforeTheJoin>("before_the_join")
    .racy<PlainStoreBuffering>("plain_sb");
