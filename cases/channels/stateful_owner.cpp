// stateful_owner: many threads use one map. Instead of guarding it, one thread
// owns it: the others send it requests and get answers. Nobody else touches the
// map, not even to have a look.

#include <map>
#include <thread>

#include "channel.hpp"
#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace stateful_owner {

struct Request {
    int key, amount;
    channels::sender<long> answer;
};

struct Racy {
    std::map<int, long> stock = {{1, 0}, {2, 0}};
    channels::channel<Request> requests;
    void own() {}
    long read(int key) { return stock.at(key); }
    void add(int key) {
        const long before = stock.at(key);
        std::this_thread::yield();
        stock.at(key) = before + 1;  // somebody else has added meanwhile
    }
};

struct Fixed {
    std::map<int, long> stock = {{1, 0}, {2, 0}};
    channels::channel<Request> requests;
    void own() {
        while (auto got = requests.receive())  // one after the other
            got->answer.send(stock.at(got->key) += got->amount);
    }
    long read(int key) { return ask(key, 0); }
    void add(int key) { ask(key, 1); }
    long ask(int key, int amount) {
        channels::channel<long> answer{1};  // room, so that the owner never waits
        requests.send({key, amount, answer});
        return *answer.receive();
    }
};

struct ReadsPastOwner {
    std::map<int, long> stock = {{1, 0}, {2, 0}};
    channels::channel<Request> requests;
    void own() {
        while (auto got = requests.receive())  // one after the other
            got->answer.send(stock.at(got->key) += got->amount);
    }
    long read(int key) { return stock.at(key); }  // it is only a look
    void add(int key) { ask(key, 1); }
    long ask(int key, int amount) {
        channels::channel<long> answer{1};
        requests.send({key, amount, answer});
        return *answer.receive();
    }
};

// All but one add, and that one reads when they are done.
constexpr auto add_and_read = [](auto& shop, auto& team) {
    racepair::Order order;
    long seen = 0;
    std::thread owner([&] { shop.own(); });
    team.run([&](int me) {
        order.arrive();
        order.await(team.threads());
        for (int i = 0; me > 0 && i < team.rounds(); ++i) shop.add(1);
        if (me > 0) return order.arrive();
        order.await(2 * team.threads() - 1);
        seen = shop.read(1);
    });
    shop.requests.close();
    owner.join();
    return seen;
};

}  // namespace stateful_owner

using namespace stateful_owner;

RACEPAIR_CASE("channels.stateful_owner")
    .lesson("State that one thread owns needs no lock: all others send requests, readers too.")
    .exercise("Who may read the map in Fixed without asking, and from when on?")
    .scope({.threads = 3, .rounds = 3})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](racepair::Scope scope) { return (scope.threads - 1) * scope.rounds; })
    .scenario(add_and_read)
    .racy<Racy>()
    .wrong_fix<ReadsPastOwner>("reads_past_owner", racepair::Defect::data_race)
    .blind("plain", racepair::When::always, "nobody adds any more when it reads")
    .fixed<Fixed>();
