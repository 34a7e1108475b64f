// range: a consumer takes values until there are no more. An empty channel says
// that there is none now; only a closed one says that none will come.

#include <chrono>
#include <thread>

#include "channel.hpp"
#include "racepair/case.hpp"

namespace range {

struct Racy {
    channels::channel<int> values{100};
    int consume() {
        int count = 0;
        while (values.try_receive()) ++count;  // empty: the end, or a pause?
        return count;
    }
};

struct Fixed {
    channels::channel<int> values{100};
    int consume() {
        int count = 0;
        while (values.receive()) ++count;  // ends when it is closed
        return count;
    }
};

struct Patient {
    channels::channel<int> values{100};
    int consume() {
        int count = 0;
        // a longer pause, and it is lost
        while (values.receive_for(std::chrono::microseconds(1))) ++count;
        return count;
    }
};

constexpr auto produce_and_consume = [](auto& stream, auto& team) {
    int count = 0;
    std::thread consumer([&] { count = stream.consume(); });
    for (int i = 0; i < team.rounds(); ++i) {
        // takes its time to make it
        std::this_thread::sleep_for(std::chrono::microseconds(20));
        stream.values.send(i);
    }
    stream.values.close();
    consumer.join();
    return count;
};

constexpr auto alone = [](auto& stream) {
    stream.values.send(1);
    stream.values.close();
    return stream.consume() == 1;
};

}  // namespace range

using namespace range;

RACEPAIR_CASE("channels.range")
    .lesson("Empty is for now, closed is for good: a consumer may stop only at the second.")
    .exercise("Write Fixed as a range-based for loop over a channels::receiver<int>.")
    .scope({.threads = 2, .rounds = 3})
    .explore_scope({.threads = 2, .rounds = 2})
    .expects([](racepair::Scope scope) { return scope.rounds; })
    .scenario(produce_and_consume)
    .needs_company(alone)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<Patient>("patient", racepair::Defect::race_condition)
    .fixed<Fixed>();
