// handover: one thread makes values, another one takes them. A flag beside the
// slot says whose turn it is. Nothing orders the flag and the slot: whoever
// sees the flag may still not see the value ([intro.races]).

#include <atomic>
#include <thread>

#include "channel.hpp"
#include "racepair/case.hpp"

namespace handover {

struct Racy {
    int slot = 0;
    bool full = false;
    void send(int value) {
        while (full) std::this_thread::yield();
        slot = value;
        full = true;  // a plain write, and somebody looks on
    }
    int receive() {
        while (!full) std::this_thread::yield();
        const int value = slot;
        full = false;
        return value;
    }
};

struct Fixed {
    channels::channel<int> slot{1};
    void send(int value) { slot.send(value); }
    int receive() { return *slot.receive(); }  // waits, and takes it along
};

struct RelaxedFlag {
    int slot = 0;
    std::atomic<bool> full = false;
    void send(int value) {
        while (full.load(std::memory_order_relaxed)) std::this_thread::yield();
        slot = value;
        full.store(true, std::memory_order_relaxed);  // orders nothing else
    }
    int receive() {
        while (!full.load(std::memory_order_relaxed)) std::this_thread::yield();
        const int value = slot;
        full.store(false, std::memory_order_relaxed);
        return value;
    }
};

constexpr auto hand_over = [](auto& post, auto& team) {
    int sum = 0;
    team.run([&](int me) {
        for (int i = 1; i <= team.rounds(); ++i)
            if (me == 0)
                post.send(i);
            else
                sum += post.receive();
    });
    return sum;
};

constexpr auto alone = [](auto& post) {
    post.send(7);
    return post.receive() == 7;
};

}  // namespace handover

using namespace handover;

RACEPAIR_CASE("channels.handover")
    .lesson("A plain or relaxed flag does not carry a value along: a message does.")
    .exercise("Make the flag atomic with release and acquire. What does a channel still save you?")
    .roles(2)
    .scope({.threads = 2, .rounds = 3})
    .expects([](racepair::Scope scope) { return scope.rounds * (scope.rounds + 1) / 2; })
    .scenario(hand_over)
    .needs_company(alone)
    .blind("plain", racepair::When::always, "this CPU keeps the order of the two writes")
    .racy<Racy>()
    .wrong_fix<RelaxedFlag>("relaxed_flag", racepair::Defect::data_race)
    .fixed<Fixed>();
