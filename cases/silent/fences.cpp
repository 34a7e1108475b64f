// fences: the flag is relaxed, and fences do what its orders do elsewhere: a
// release fence before the store, an acquire fence after the load
// [atomics.fences]/2. A fence speaks of all flags that follow or precede it,
// which makes it hard for a detector to keep account of.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"

namespace fences {

using std::memory_order_acquire, std::memory_order_release;
using std::memory_order_relaxed;

struct Racy {
    long letter = 0;
    std::atomic<bool> sent = false;
    void send() {
        letter = 42;
        std::atomic_signal_fence(memory_order_release);  // for one's own thread
        sent.store(true, memory_order_relaxed);
    }
    long receive() {
        while (!sent.load(memory_order_relaxed)) std::this_thread::yield();
        std::atomic_signal_fence(memory_order_acquire);
        return letter;
    }
};

struct Fixed {
    long letter = 0;
    std::atomic<bool> sent = false;
    void send() {
        letter = 42;
        std::atomic_thread_fence(memory_order_release);  // between threads
        sent.store(true, memory_order_relaxed);
    }
    long receive() {
        while (!sent.load(memory_order_relaxed)) std::this_thread::yield();
        std::atomic_thread_fence(memory_order_acquire);
        return letter;
    }
};

struct WrongSide {
    long letter = 0;
    std::atomic<bool> sent = false;
    void send() {
        letter = 42;
        sent.store(true, memory_order_relaxed);
        std::atomic_thread_fence(memory_order_release);  // too late
    }
    long receive() {
        std::atomic_thread_fence(memory_order_acquire);  // too early
        while (!sent.load(memory_order_relaxed)) std::this_thread::yield();
        return letter;
    }
};

constexpr auto send_and_receive = [](auto& post) {
    std::thread sender([&] { post.send(); });
    const long received = post.receive();
    sender.join();
    return received;
};

}  // namespace fences

using namespace fences;

RACEPAIR_CASE("silent.fences")
    .lesson("First the release fence, then the store; first the load, then the acquire fence.")
    .exercise("Draw the four steps and both fences; which arrow is missing in WrongSide?")
    .source("llvm/llvm-project#142579")
    .expects(42)
    .scenario(send_and_receive)
    .blind("plain", racepair::When::always, "x86 reorders neither two stores nor two loads")
    .racy<Racy>()
    .wrong_fix<WrongSide>("wrong_side", racepair::Defect::data_race)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses")
    .false_alarm("tsan", racepair::When::always, "it does not follow fences");
