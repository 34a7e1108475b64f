// message_passing: one thread writes a letter, then raises a flag; another one
// sees the flag, then reads the letter. A release store that an acquire load
// reads from makes the writing happen before the reading [atomics.order]/2: no
// lock, no join, and no race.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"

namespace message_passing {

struct Racy {
    long letter = 0;
    std::atomic<bool> sent = false;
    void send() {
        letter = 42;
        sent.store(true, std::memory_order_relaxed);  // says nothing of letter
    }
    long receive() {
        while (!sent.load(std::memory_order_relaxed)) std::this_thread::yield();
        return letter;
    }
};

struct Fixed {
    long letter = 0;
    std::atomic<bool> sent = false;
    void send() {
        letter = 42;
        sent.store(true, std::memory_order_release);  // … with all before it
    }
    long receive() {
        while (!sent.load(std::memory_order_acquire)) std::this_thread::yield();
        return letter;
    }
};

struct ReleaseOnly {
    long letter = 0;
    std::atomic<bool> sent = false;
    void send() {
        letter = 42;
        sent.store(true, std::memory_order_release);
    }
    long receive() {
        // nobody takes over what was released
        while (!sent.load(std::memory_order_relaxed)) std::this_thread::yield();
        return letter;
    }
};

struct Volatile {
    long letter = 0;
    volatile bool sent = false;
    void send() {
        letter = 42;
        sent = true;  // now two races: the flag and the letter
    }
    long receive() {
        while (!sent) std::this_thread::yield();
        return letter;
    }
};

constexpr auto send_and_receive = [](auto& post) {
    std::thread sender([&] { post.send(); });
    const long received = post.receive();
    sender.join();
    return received;
};

}  // namespace message_passing

using namespace message_passing;

RACEPAIR_CASE("silent.message_passing")
    .lesson("A release store carries all that was written before it to whoever acquires it.")
    .exercise(
        "Can either of the two orders be relaxed? Try each; then say why the right outcome proves "
        "nothing.")
    .expects(42)
    .scenario(send_and_receive)
    .blind("plain", racepair::When::always, "x86 reorders neither two stores nor two loads")
    .racy<Racy>()
    .wrong_fix<ReleaseOnly>("release_only", racepair::Defect::data_race)
    .wrong_fix<Volatile>("volatile", racepair::Defect::data_race)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
