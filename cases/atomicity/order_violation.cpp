// order_violation: one thread reads the settings, the others use them. Every
// access takes the lock. A lock says that two do not enter at once; who comes
// first it does not say, and here it matters.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace order_violation {

struct Settings {
    std::mutex mutex;
    std::condition_variable known;
    int port = 0;
    void load() {
        std::lock_guard lock(mutex);
        port = 8080;
        known.notify_all();
    }
};

struct Racy : Settings {
    int use() {
        std::lock_guard lock(mutex);
        return port;  // has the other one been here before?
    }
};

struct Yields : Settings {
    int use() {
        std::this_thread::yield();  // "it will be there by now"
        std::lock_guard lock(mutex);
        return port;
    }
};

struct Fixed : Settings {
    int use() {
        std::unique_lock lock(mutex);
        while (port == 0) known.wait(lock);  // waits for what it needs
        return port;
    }
};

constexpr auto load_and_use = [](auto& settings, auto& team) {
    std::atomic<int> unset = 0;
    team.run([&](int member) {
        if (member == 0) {
            std::this_thread::yield();  // a slow disk
            settings.load();
        } else if (settings.use() == 0) {
            ++unset;
        }
    });
    return unset.load();
};

}  // namespace order_violation

using namespace order_violation;

RACEPAIR_CASE("atomicity.order_violation")
    .lesson("A lock keeps two apart; it does not say which of them is first.")
    .exercise(
        "Suppose the loader starts an hour earlier: is Racy right then? Name "
        "what would have to order the two.")
    .scope({.threads = 5, .rounds = 1})
    .explore_scope({.threads = 3, .rounds = 1})
    .expects(0)
    .scenario(load_and_use)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<Yields>("yields", racepair::Defect::race_condition)
    .fixed<Fixed>();
