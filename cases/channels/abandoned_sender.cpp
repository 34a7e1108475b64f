// abandoned_sender: a worker computes an answer, and whoever asked does not
// wait for it any longer. On a channel without room the worker's send waits for
// ever for a receiver who has gone.

#include <chrono>
#include <optional>
#include <thread>

#include "channel.hpp"
#include "racepair/case.hpp"

namespace abandoned_sender {

using namespace std::chrono_literals;

struct Racy {
    channels::channel<int> answer;  // who takes it, when nobody waits?
    auto await() { return answer.receive_for(1ms); }
};

struct Fixed {
    channels::channel<int> answer{1};  // room for it, whoever waits
    auto await() { return answer.receive_for(1ms); }
};

struct LooksAgain {
    channels::channel<int> answer;
    auto await() {
        if (auto value = answer.receive_for(1ms)) return value;
        return answer.try_receive();  // and a moment later?
    }
};

struct Closes {
    channels::channel<int> answer;
    auto await() {
        auto value = answer.receive_for(1ms);
        if (!value) answer.close();  // the send throws: who catches that?
        return value;
    }
};

constexpr auto ask_and_go = [](auto& question) {
    std::thread worker([&] { question.answer.send(42); });
    const auto value = question.await();
    worker.join();
    return value ? "answered" : "gave up";
};

}  // namespace abandoned_sender

using namespace abandoned_sender;

RACEPAIR_CASE("channels.abandoned_sender")
    .lesson("Who may stop waiting has to leave room for what still comes.")
    .exercise("What becomes of the answer that nobody took in Fixed, and when?")
    .may_hang("the worker waits for a receiver who has gone")
    .expects("answered", "gave up")
    .scenario(ask_and_go)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<LooksAgain>("looks_again", racepair::Defect::race_condition)
    .wrong_fix<Closes>("closes", racepair::Defect::race_condition)
    .fixed<Fixed>();
