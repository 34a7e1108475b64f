// aba: a stack without locks takes its top off with a compare-and-swap. That the
// top is the same as before does not mean that nothing happened: it may have been
// taken off and put back, and what was below it is gone.

#include <array>
#include <atomic>
#include <cstdint>
#include <thread>

#include "racepair/case.hpp"

namespace aba {

constexpr int none = -1, nodes = 3;

struct Racy {
    std::atomic<int> top = 0;
    std::array<std::atomic<int>, nodes> below = {1, 2, none};
    int pop() {
        int seen = top;
        while (seen != none) {
            const int next = below[seen];
            std::this_thread::yield();  // taken off and put back: next is stale
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
        std::uint32_t version;  // another one at each of 2^32 changes
    };
    std::atomic<Top> top = Top{0, 0};
    std::array<std::atomic<int>, nodes> below = {1, 2, none};
    int pop() {
        Top seen = top;
        while (seen.node != none) {
            const int next = below[seen.node];
            std::this_thread::yield();
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

// Each takes two nodes off and puts them back: in the end all are there.
constexpr auto take_and_put_back = [](auto& stack, auto& team) {
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) {
            const int first = stack.pop(), second = stack.pop();
            if (first != none) stack.push(first);
            if (second != none) stack.push(second);
        }
    });
    int left = 0;
    while (left <= nodes && stack.pop() != none) ++left;  // more: a circle
    return left;
};

}  // namespace aba

using namespace aba;

RACEPAIR_CASE("lock_free.aba")
    .lesson("The same value is not the same state: give it a version, or nobody sees the change.")
    .exercise(
        "What does next stand for by the time the compare-and-swap uses it? Draw the pops and "
        "pushes in between.")
    .scope({.threads = 2, .rounds = 1000})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects(nodes)
    .scenario(take_and_put_back)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .fixed<Fixed>();
