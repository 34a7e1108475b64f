// stack: its unsynchronized_push() is for filling it before anybody else can see it.

#include <boost/lockfree/stack.hpp>
#include <mutex>
#include <racepair/case.hpp>

namespace stack {

using Stack = boost::lockfree::stack<int, boost::lockfree::capacity<2048>>;

struct UnsynchronizedPush {
    Stack stack;
    void add(int number) { stack.unsynchronized_push(number); }  // takes a node as if alone
    int take_all() {
        return static_cast<int>(stack.consume_all([](int) {}));
    }
};

struct PushUnderLock {
    Stack stack;
    std::mutex mutex;
    void add(int number) {
        const std::lock_guard guard(mutex);  // as if alone
        stack.unsynchronized_push(number);
    }
    int take_all() {
        return static_cast<int>(stack.consume_all([](int) {}));
    }
};

constexpr auto add_together = [](auto& pile, auto& team) {
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) pile.add(i);
    });
    return pile.take_all();
};

}  // namespace stack

RACEPAIR_CASE("boost_lockfree.stack")
    .lesson("unsynchronized_push() is for one thread: two of them are given the same node.")
    .scope({.threads = 2, .rounds = 1000})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(stack::add_together)
    .racy<stack::UnsynchronizedPush>()
    .fixed<stack::PushUnderLock>();
