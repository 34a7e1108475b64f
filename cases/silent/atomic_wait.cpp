// atomic_wait: an atomic that can be waited for, without a mutex. No wake-up is
// lost, since wait() looks at the value by itself [atomics.wait]. It carries
// what its memory order says, as a load does, and nothing more.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"

namespace atomic_wait {

struct Racy {
    long letter = 0;
    std::atomic<int> sent = 0;
    void send() {
        letter = 42;
        sent.store(1, std::memory_order_relaxed);
        sent.notify_one();  // wakes, and orders nothing
    }
    long receive() {
        sent.wait(0, std::memory_order_relaxed);
        return letter;
    }
};

struct Fixed {
    long letter = 0;
    std::atomic<int> sent = 0;
    void send() {
        letter = 42;
        sent.store(1, std::memory_order_release);
        sent.notify_one();
    }
    long receive() {
        sent.wait(0, std::memory_order_acquire);  // as a load
        return letter;
    }
};

struct AcquireOnly {
    long letter = 0;
    std::atomic<int> sent = 0;
    void send() {
        letter = 42;
        sent.store(1, std::memory_order_relaxed);  // nothing there to acquire
        sent.notify_one();
    }
    long receive() {
        sent.wait(0, std::memory_order_acquire);
        return letter;
    }
};

constexpr auto send_and_receive = [](auto& post) {
    std::thread sender([&] { post.send(); });
    const long received = post.receive();
    sender.join();
    return received;
};

}  // namespace atomic_wait

using namespace atomic_wait;

RACEPAIR_CASE("silent.atomic_wait")
    .lesson("Waiting for an atomic orders memory as its load does; waking up orders nothing.")
    .exercise("Leave out notify_one in Fixed: in which schedule does it hang, and in which not?")
    .expects(42)
    .scenario(send_and_receive)
    .blind("plain", racepair::When::always, "x86 reorders neither two stores nor two loads")
    .racy<Racy>()
    .wrong_fix<AcquireOnly>("acquire_only", racepair::Defect::data_race)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
