// Shared data structures, right ones and wrong ones, and what threads bring with them.

#include <atomic>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "drive.hpp"

namespace explored_structures {

using explored::together;
using explored::words;

struct MessagePassing {
    int data = 0;
    std::atomic<bool> ready = false;
    int run() {
        int got = -1;
        together(
            [&] {
                data = 42;
                ready.store(true, std::memory_order_release);
            },
            [&] {
                if (ready.load(std::memory_order_acquire)) got = data;
            });
        return got;
    }
};

// A Treiber stack (1986) whose nodes are never given back.
struct TreiberStack {
    struct Node {
        int value = 0;
        Node* next = nullptr;
    };
    Node nodes[2] = {{1, nullptr}, {2, nullptr}};
    std::atomic<Node*> top = nullptr;
    void push(Node* node) {
        node->next = top.load(std::memory_order_relaxed);
        while (!top.compare_exchange_weak(node->next, node, std::memory_order_release,
                                          std::memory_order_relaxed)) {
        }
    }
    int pop() {
        Node* node = top.load(std::memory_order_acquire);
        while (node != nullptr &&
               !top.compare_exchange_weak(node, node->next, std::memory_order_acquire)) {
        }
        return node != nullptr ? node->value : 0;
    }
    std::string run() {
        int got[2] = {};
        const auto use = [&](int me) {
            push(&nodes[me]);
            got[me] = pop();
        };
        together([&] { use(0); }, [&] { use(1); });
        return words(got[0], got[1]);
    }
};

// The same with a node that comes back: a compare that succeeds although the stack has changed.
struct Aba {
    struct Node {
        int value = 0;
        std::atomic<Node*> next = nullptr;
    };
    Node a, b;
    std::atomic<Node*> top = nullptr;
    Node* pop() {
        Node* node = top.load();
        while (node != nullptr && !top.compare_exchange_strong(node, node->next.load())) {
        }
        return node;
    }
    void push(Node* node) {
        Node* old = top.load();
        do {
            node->next = old;
        } while (!top.compare_exchange_strong(old, node));
    }
    std::string run() {
        a.value = 1;
        b.value = 2;
        push(&b);
        push(&a);
        int popped = 0;
        together(
            [&] {
                if (Node* node = pop()) popped = node->value;
            },
            [&] {
                Node* first = pop();
                Node* second = pop();
                if (first != nullptr) push(first);
                (void)second;
            });
        int left = 0;
        for (Node* node = top; node != nullptr; node = node->next) left = left * 10 + node->value;
        return words(popped, left);
    }
};

// One producer, one consumer.
struct RingBuffer {
    int slots[2] = {};
    std::atomic<unsigned> head = 0, tail = 0;
    bool put(int value) {
        const unsigned at = head.load(std::memory_order_relaxed);
        if (at - tail.load(std::memory_order_acquire) == 2) return false;
        slots[at % 2] = value;
        head.store(at + 1, std::memory_order_release);
        return true;
    }
    int take() {
        const unsigned at = tail.load(std::memory_order_relaxed);
        if (at == head.load(std::memory_order_acquire)) return 0;
        const int value = slots[at % 2];
        tail.store(at + 1, std::memory_order_release);
        return value;
    }
    std::string run() {
        int taken[2] = {};
        together(
            [&] {
                put(1);
                put(2);
            },
            [&] {
                for (int& one : taken) one = take();
            });
        return words(taken[0], taken[1]);
    }
};

struct DoubleChecked {
    std::mutex mutex;
    std::atomic<int*> made = nullptr;
    int value = 0;
    int get() {
        int* seen = made.load(std::memory_order_acquire);
        if (seen == nullptr) {
            std::lock_guard lock(mutex);
            seen = made.load(std::memory_order_relaxed);
            if (seen == nullptr) {
                ++value;
                seen = &value;
                made.store(seen, std::memory_order_release);
            }
        }
        return *seen;
    }
    std::string run() {
        int seen[2] = {};
        together([&] { seen[0] = get(); }, [&] { seen[1] = get(); });
        return words(seen[0], seen[1]);
    }
};

struct DoubleCheckedPlain {
    std::mutex mutex;
    int* made = nullptr;
    int value = 0;
    int get() {
        if (made == nullptr) {
            std::lock_guard lock(mutex);
            if (made == nullptr) {
                ++value;
                made = &value;
            }
        }
        return *made;
    }
    std::string run() {
        int seen[2] = {};
        together([&] { seen[0] = get(); }, [&] { seen[1] = get(); });
        return words(seen[0], seen[1]);
    }
};

struct SharedPointer {
    struct Counted {
        int* destroyed;
        explicit Counted(int* where) : destroyed(where) {}
        ~Counted() { ++*destroyed; }
    };
    int run() {
        int destroyed = 0;
        {
            auto one = std::make_shared<Counted>(&destroyed);
            auto two = one;
            together([mine = std::move(one)]() mutable { mine.reset(); },
                     [mine = std::move(two)]() mutable { mine.reset(); });
        }
        return destroyed;
    }
};

struct WeakPointer {
    std::string run() {
        auto owner = std::make_shared<int>(42);
        std::weak_ptr<int> weak = owner;
        int seen = 0;
        together([&] { owner.reset(); },
                 [&] {
                     if (const auto locked = weak.lock()) seen = *locked;
                 });
        return words(seen);
    }
};

struct ThreadLocal {
    struct Tally {
        std::atomic<int>* sum = nullptr;
        int mine = 0;
        ~Tally() {
            if (sum != nullptr) *sum += mine;
        }
    };
    static thread_local Tally tally;
    std::atomic<int> sum = 0;
    int run(racepair::Team& team) {
        team.run([&](int index) {
            tally.sum = &sum;
            tally.mine += index + 1;
        });
        return sum;
    }
};
thread_local ThreadLocal::Tally ThreadLocal::tally;

struct Exceptions {
    std::atomic<int> order = 0;
    int run(racepair::Team& team) {
        team.run([&](int index) {
            try {
                order = order * 10 + index + 1;
                throw std::runtime_error("caught in its own thread");
            } catch (const std::runtime_error&) {
                order = order * 10 + index + 1;
            }
        });
        return order;
    }
};

struct Detached {
    std::mutex mutex;
    bool done = false;
    int value = 0;
    std::string run() {
        std::thread([this] {
            std::lock_guard lock(mutex);
            value = 42;
            done = true;
        }).detach();
        for (;;) {
            {
                std::lock_guard lock(mutex);
                if (done) return words(value);
            }
            std::this_thread::yield();
        }
    }
};

struct Nested {
    std::atomic<int> order = 0;
    int run() {
        together(
            [&] {
                std::thread child([&] { order = order * 10 + 1; });
                order = order * 10 + 2;
                child.join();
            },
            [&] { order = order * 10 + 3; });
        return order;
    }
};

// Plain variables next to each other, of different sizes, and one on top of another.
struct Overlap {
    union {
        std::uint64_t whole;
        std::uint8_t bytes[8];
    } word = {0};
    std::string run() {
        std::uint64_t seen = 0;
        together([&] { word.bytes[0] = 1; }, [&] { word.bytes[7] = 1; },
                 [&] { seen = word.whole; });
        return words(static_cast<int>(seen & 1), static_cast<int>(seen >> 56));
    }
};

}  // namespace explored_structures

using namespace explored_structures;

RACEPAIR_CASE("kernels.structures")
    .needs_company()
    .scenario(explored::drive)
    .fixed<MessagePassing>("message_passing")
    .fixed<TreiberStack>("treiber_stack")
    .fixed<Aba>("aba")
    .fixed<RingBuffer>("ring_buffer")
    .fixed<DoubleChecked>("double_checked")
    .racy<DoubleCheckedPlain>("double_checked_plain")
    .fixed<SharedPointer>("shared_pointer")
    .fixed<WeakPointer>("weak_pointer")
    .fixed<ThreadLocal>("thread_local")
    .fixed<Exceptions>("exceptions")
    .fixed<Detached>("detached")
    .fixed<Nested>("nested")
    .racy<Overlap>("overlap");
