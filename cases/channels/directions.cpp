// directions: a server answers questions. It sends its answers into the channel
// from which it takes the questions, and whoever asks can get a question back,
// be it his own. With a channel for each direction, and one end of each, it
// could not.

#include <atomic>
#include <thread>

#include "channel.hpp"
#include "racepair/case.hpp"

namespace directions {

struct Racy {
    channels::channel<int> line{1};
    void ask(int question) { line.send(question); }
    int hear() { return *line.receive(); }  // an answer, or a question
    bool serve() {
        const auto question = line.receive();
        if (question) line.send(2 * *question);  // back where it came from
        return question.has_value();
    }
};

struct Fixed {
    channels::channel<int> line{1}, answers{1};
    void ask(int question) { line.send(question); }
    int hear() { return *answers.receive(); }
    bool serve() { return serve(line, answers); }  // one end of each
    bool serve(channels::receiver<int> from, channels::sender<int> to) {
        const auto question = from.receive();
        if (question) to.send(2 * *question);  // from.send: does not compile
        return question.has_value();
    }
};

struct MoreRoom {
    channels::channel<int> line{100};  // nobody waits, and all is mixed up
    void ask(int question) { line.send(question); }
    int hear() { return *line.receive(); }
    bool serve() {
        const auto question = line.receive();
        if (question) line.send(2 * *question);
        return question.has_value();
    }
};

constexpr auto ask_together = [](auto& server, auto& team) {
    std::thread serving([&] {
        while (server.serve()) continue;
    });
    std::atomic<int> sum = 0;
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) {
            server.ask(1);
            sum += server.hear();
        }
    });
    server.line.close();
    serving.join();
    return sum.load();
};

constexpr auto alone = [](auto& server) {
    server.ask(1);
    return server.serve() && server.hear() == 2;
};

}  // namespace directions

using namespace directions;

RACEPAIR_CASE("channels.directions")
    .lesson("Hand on only the end that is needed: what goes the wrong way then does not compile.")
    .exercise("Let the last serve() of Fixed send to `from`. What does the compiler say?")
    .scope({.threads = 3, .rounds = 4})
    .explore_scope({.threads = 1, .rounds = 1})
    .expects([](racepair::Scope scope) { return 2 * scope.threads * scope.rounds; })
    .scenario(ask_together)
    .needs_company(alone)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<MoreRoom>("more_room", racepair::Defect::race_condition)
    .fixed<Fixed>();
