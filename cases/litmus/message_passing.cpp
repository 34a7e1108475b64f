// message_passing: one thread writes data, then raises a flag. Another one looks
// at the flag, then at the data. Relaxed accesses promise nothing about their
// order: who sees the flag may yet see the old data.

#include <atomic>
#include <string>

#include "racepair/case.hpp"
#include "start_line.hpp"

namespace message_passing {

template <std::memory_order store, std::memory_order load>
struct Message {
    std::atomic<int> data = 0, flag = 0;
    void send() {
        data.store(1, std::memory_order_relaxed);
        flag.store(1, store);
    }
    std::string receive() {
        const int seen = flag.load(load);
        return std::to_string(seen) + " " + std::to_string(data.load(std::memory_order_relaxed));
    }
};
struct Relaxed : Message<std::memory_order_relaxed, std::memory_order_relaxed> {};
// what came before the release is seen after the acquire [atomics.order]/2
struct Handover : Message<std::memory_order_release, std::memory_order_acquire> {};

constexpr auto send_and_receive = [](auto& message, auto& team) {
    litmus::StartLine line(2);
    std::string seen;
    team.run([&](int member) {
        line.wait();
        member == 0 ? message.send() : void(seen = message.receive());
    });
    return seen;
};

}  // namespace message_passing

using namespace message_passing;

RACEPAIR_CASE("litmus.message_passing")
    .lesson("Release what you have written, acquire before you read: nothing less hands it over.")
    .exercise("Your CPU may never show '1 0'. Which CPUs do, and what may a compiler do?")
    .source("the message-passing litmus test")
    .roles(2)
    .explore_scope({.threads = 2, .rounds = 1})
    .needs_company([](auto& message) {
        message.send();
        return message.receive() == "1 1";
    })
    .expects("0 0", "0 1", "1 1")
    .interesting("1 0")
    .scenario(send_and_receive)
    .racy<Relaxed>("relaxed", racepair::Defect::weak_memory)
    .fixed<Handover>();
