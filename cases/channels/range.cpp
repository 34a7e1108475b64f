// range: a consumer takes values until there are no more. An empty channel says
// that there is none now; only a closed one says that none will come.

#include <thread>

#include "channel.hpp"
#include "racepair/case.hpp"

namespace range {

struct Racy {
    channels::channel<int> values{100};
    int consume() {
        int sum = 0;
        // nothing there: is it the end, or a pause?
        while (auto value = values.try_receive()) sum += *value;
        return sum;
    }
};

struct Fixed {
    channels::channel<int> values{100};
    int consume() {
        int sum = 0;
        for (int value : values) sum += value;  // until it is closed
        return sum;
    }
};

struct Patient {
    channels::channel<int> values{100};
    int consume() {
        int sum = 0;
        // asks once more: a longer pause, and the rest is lost
        for (int misses = 0; misses < 2; std::this_thread::yield()) {
            auto value = values.try_receive();
            sum += value.value_or(0);
            misses = value ? 0 : misses + 1;
        }
        return sum;
    }
};

constexpr auto produce_and_consume = [](auto& stream, auto& team) {
    int sum = 0;
    std::thread consumer([&] { sum = stream.consume(); });
    for (int i = 1; i <= team.rounds(); ++i) {
        // takes its time to make it
        for (int step = 0; step < 10; ++step) std::this_thread::yield();
        stream.values.send(i);
    }
    stream.values.close();
    consumer.join();
    return sum;
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
    .exercise("What does Fixed do if nobody ever closes the channel? Who may close it?")
    .scope({.threads = 2, .rounds = 3})
    .explore_scope({.threads = 2, .rounds = 2})
    .expects([](racepair::Scope scope) { return scope.rounds * (scope.rounds + 1) / 2; })
    .scenario(produce_and_consume)
    .needs_company(alone)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<Patient>("patient", racepair::Defect::race_condition)
    .fixed<Fixed>();
