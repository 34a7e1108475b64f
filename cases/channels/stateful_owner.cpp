// stateful_owner: many threads change one map. Instead of guarding it, one
// thread owns it: the others send it requests and get its answers. Nobody else
// touches the map, so there is nothing to lock.

#include <map>
#include <thread>

#include "channel.hpp"
#include "racepair/case.hpp"

namespace stateful_owner {

struct Request {
    int key;
    channels::sender<int> answer;
};

struct Racy {
    std::map<int, int> stock = {{1, 0}, {2, 0}};
    channels::channel<Request> requests;
    void own() {}
    int add(int key) {
        const int before = stock.at(key);
        std::this_thread::yield();
        return stock.at(key) = before + 1;  // somebody else added meanwhile
    }
};

struct Fixed {
    std::map<int, int> stock = {{1, 0}, {2, 0}};
    channels::channel<Request> requests;
    void own() {
        // one request after the other, by one thread
        while (auto got = requests.receive()) got->answer.send(++stock.at(got->key));
    }
    int add(int key) {
        channels::channel<int> answer{1};
        requests.send({key, answer});
        return *answer.receive();
    }
};

struct ReadsPastOwner {
    std::map<int, int> stock = {{1, 0}, {2, 0}};
    channels::channel<Request> requests;
    void own() {
        while (auto got = requests.receive()) ++stock.at(got->key);
    }
    int add(int key) {
        channels::channel<int> answer{1};
        requests.send({key, answer});
        std::this_thread::yield();
        return stock.at(key);  // only a look, and not the owner's
    }
};

constexpr auto add_together = [](auto& shop, auto& team) {
    std::thread owner([&] { shop.own(); });
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) shop.add(1 + i % 2);
    });
    shop.requests.close();
    owner.join();
    return shop.stock.at(1) + shop.stock.at(2);
};

}  // namespace stateful_owner

using namespace stateful_owner;

RACEPAIR_CASE("channels.stateful_owner")
    .lesson("State that one thread owns needs no lock: all others send it requests.")
    .exercise("Who may read the map in Fixed without asking, and from when on?")
    .scope({.threads = 3, .rounds = 5})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(add_together)
    .racy<Racy>()
    .wrong_fix<ReadsPastOwner>("reads_past_owner", racepair::Defect::data_race)
    .blind("plain", racepair::When::always, "what is read too early is not kept")
    .fixed<Fixed>();
