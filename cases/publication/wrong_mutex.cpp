// wrong_mutex: both sides lock, each of them a mutex, and not the same one. A
// mutex protects nothing by itself: it keeps out those who ask for this one.

#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace wrong_mutex {

void change(int& stock, int by) {
    const int old = stock;
    std::this_thread::yield();
    stock = old + by;
}

struct Racy {
    std::mutex in_mutex, out_mutex;
    int stock = 0;
    void bring() {
        std::lock_guard lock(in_mutex);
        change(stock, 1);
    }
    void take() {
        std::lock_guard lock(out_mutex);  // keeps out who takes, not who brings
        change(stock, -1);
    }
};

struct Store {
    std::mutex mutex;
    int stock = 0;
    void bring() {
        std::lock_guard lock(mutex);
        change(stock, 1);
    }
};

struct SameName : Store {
    std::mutex mutex;  // hides the one of Store: same name, other mutex
    void take() {
        std::lock_guard lock(mutex);
        change(stock, -1);
    }
};

struct Fixed : Store {
    void take() {
        std::lock_guard lock(mutex);  // the only one there is
        change(stock, -1);
    }
};

constexpr auto bring_and_take = [](auto& store, auto& team) {
    team.run([&](int member) {
        for (int i = 0; i < team.rounds(); ++i) {
            member % 2 == 0 ? store.bring() : store.take();
        }
    });
    return store.stock;
};

}  // namespace wrong_mutex

using namespace wrong_mutex;

RACEPAIR_CASE("publication.wrong_mutex")
    .lesson("Threads exclude each other only if they lock the same mutex.")
    .exercise(
        "The report lists the mutexes that each side held. How do you see in "
        "it that they are two, though the source gives them one name?")
    .scope({.threads = 4, .rounds = 10})
    .at_most_trials(100)
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](auto scope) { return scope.threads % 2 * scope.rounds; })
    .scenario(bring_and_take)
    .racy<Racy>()
    .wrong_fix<SameName>("same_name", racepair::Defect::data_race)
    .fixed<Fixed>();
