// spsc_queue: a queue for a single producer, and what two of them make of it.

#include <array>
#include <boost/lockfree/spsc_queue.hpp>
#include <racepair/case.hpp>

namespace spsc_queue {

using Queue = boost::lockfree::spsc_queue<int, boost::lockfree::capacity<2048>>;

struct SharedByProducers {
    Queue queue;
    void send(int, int number) { queue.push(number); }  // both read the same write index
    int receive() {
        return static_cast<int>(queue.consume_all([](int) {}));
    }
};

struct OneForEachProducer {
    std::array<Queue, 2> queues;
    void send(int producer, int number) { queues.at(static_cast<unsigned>(producer)).push(number); }
    int receive() {
        int received = 0;
        for (auto& queue : queues) received += static_cast<int>(queue.consume_all([](int) {}));
        return received;
    }
};

constexpr auto send_together = [](auto& line, auto& team) {
    team.run([&](int producer) {
        for (int i = 0; i < team.rounds(); ++i) line.send(producer, i);
    });
    return line.receive();
};

}  // namespace spsc_queue

RACEPAIR_CASE("boost_lockfree.spsc_queue")
    .lesson("spsc_queue has a single producer by contract: a second one writes into the same slot.")
    .scope({.threads = 2, .rounds = 1000})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(spsc_queue::send_together)
    .racy<spsc_queue::SharedByProducers>()
    .fixed<spsc_queue::OneForEachProducer>();
