// aba: a stack without locks takes its top off with a compare-and-swap. That
// the top is the same as before does not mean that nothing happened: it may have
// been taken off and put back, and what was below it is gone.

#include <array>
#include <atomic>
#include <cstdint>
#include <thread>

#include "racepair/case.hpp"

namespace aba {

constexpr int none = -1, nodes = 2;

struct Racy {
    std::atomic<int> top = 0;
    std::array<std::atomic<int>, nodes> below = {1, none};
    int pop() {
        int seen = top;
        while (seen != none) {
            const int next = below[seen];  // taken off and put back: stale
            if (top.compare_exchange_strong(seen, next)) return seen;
        }
        return none;
    }
    void push(int node) {
        int seen = top;
        do below[node] = seen;
        while (!top.compare_exchange_strong(seen, node));
    }
};

struct Fixed {
    struct alignas(8) Top {
        std::int32_t node;
        std::uint32_t version;  // never the same twice
    };
    std::atomic<Top> top = Top{0, 0};
    std::array<std::atomic<int>, nodes> below = {1, none};
    int pop() {
        Top seen = top;
        while (seen.node != none) {
            const int next = below[seen.node];
            if (top.compare_exchange_strong(seen, {next, seen.version + 1})) return seen.node;
        }
        return none;
    }
    void push(int node) {
        Top seen = top;
        do below[node] = seen.node;
        while (!top.compare_exchange_strong(seen, {node, seen.version + 1}));
    }
};

// One takes a node. The other one takes two and puts the first one back.
constexpr auto take_and_put_back = [](auto& stack) {
    std::array<int, nodes> owners = {0, 0};
    int mine = none, kept = none;
    std::thread one([&] { mine = stack.pop(); });
    std::thread other([&] {
        const int first = stack.pop();
        kept = stack.pop();
        if (first != none) stack.push(first);
    });
    one.join();
    other.join();
    if (mine != none) ++owners[mine];
    if (kept != none) ++owners[kept];
    for (int left = stack.pop(); left != none; left = stack.pop())
        if (++owners[left] > 1) break;
    return owners[0] == 1 && owners[1] == 1 ? "each once" : "one twice";
};

}  // namespace aba

using namespace aba;

RACEPAIR_CASE("lock_free.aba")
    .lesson("The same value is not the same state: give it a version, or nobody sees the change.")
    .needs_company()
    .expects("each once")
    .scenario(take_and_put_back)
    .blind("plain", racepair::When::always, "three operations have to fit between two", 0.5)
    .blind("tsan", racepair::When::always, "three operations have to fit between two", 0.5)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .fixed<Fixed>();
