// map_counter: a counter in a map, and the mutex that makes it safe to share.
// An atomic value alone is not enough: operator[] may insert a key, and that
// changes the map itself, for all.

#include <map>
#include <mutex>
#include <string>

#include "racepair/case.hpp"

namespace map_counter {

struct Racy {
    std::map<std::string, int> counts = {{"somekey", 0}};
    void increment(const std::string& key) {
        counts[key] = counts[key] + 1;  // find, read, find, write
    }
    int value(const std::string& key) { return counts[key]; }
};

struct MutexPerCall {
    std::map<std::string, int> counts = {{"somekey", 0}};
    void increment(const std::string& key) {
        std::mutex mutex;  // made anew for each call: it shuts nobody out
        std::lock_guard lock(mutex);
        counts[key] = counts[key] + 1;
    }
    int value(const std::string& key) { return counts[key]; }
};

struct Fixed {
    std::mutex mutex;
    std::map<std::string, int> counts = {{"somekey", 0}};
    void increment(const std::string& key) {
        std::lock_guard lock(mutex);  // one thread at a time
        counts[key] = counts[key] + 1;
    }
    int value(const std::string& key) {
        std::lock_guard lock(mutex);
        return counts[key];
    }
};

constexpr auto count_one_key = [](auto& counter, auto& team) {
    const std::string key = "somekey";
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) counter.increment(key);
    });
    return counter.value(key);
};

}  // namespace map_counter

using namespace map_counter;

RACEPAIR_CASE("counters.map_counter")
    .lesson("One map, one mutex, locked by everybody: a lock of your own protects nothing.")
    .exercise("Where does the mutex of MutexPerCall live, and who else ever sees it?")
    .scope({.threads = 10, .rounds = 100})
    .at_most_trials(200)
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(count_one_key)
    .racy<Racy>()
    .wrong_fix<MutexPerCall>("mutex_per_call", racepair::Defect::data_race)
    .fixed<Fixed>();
