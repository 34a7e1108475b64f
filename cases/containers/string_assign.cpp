// string_assign: one thread gives out new names, another one reads them. A
// string is a length and its characters: whoever reads in the middle of an
// assignment gets the length of the one and characters of the other.

#include <mutex>
#include <string>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace string_assign {

struct Racy {
    std::mutex mutex;
    std::string name = "Ada";
    void set(const char* other) { name = other; }  // characters, then length
    std::string get() { return name; }
};

struct ByReference {
    std::mutex mutex;
    std::string name = "Ada";
    void set(const char* other) {
        std::lock_guard lock(mutex);
        name = other;
    }
    const std::string& get() {  // a promise to read it later, without the lock
        std::lock_guard lock(mutex);
        return name;
    }
};

struct Fixed {
    std::mutex mutex;
    std::string name = "Ada";
    void set(const char* other) {
        std::lock_guard lock(mutex);
        name = other;
    }
    std::string get() {  // copied while locked
        std::lock_guard lock(mutex);
        return name;
    }
};

// Both start together, and the last name is given when the last copy is made:
// without that, one of them may be done before the other has begun.
constexpr auto rename_while_reading = [](auto& person, auto& team) {
    racepair::Order order;
    int torn = 0;
    team.run([&](int member) {
        order.arrive();
        order.await(team.threads());
        for (int i = 0; i < team.rounds(); ++i) {
            if (member != 0) {
                person.set(i % 2 != 0 ? "Ada" : "Grace Hopper");
                continue;
            }
            const std::string seen = person.get();
            if (seen != "Ada" && seen != "Grace Hopper") ++torn;
        }
        if (member == 0) return order.arrive();
        order.await(team.threads() + 1);
        person.set("Ada");
    });
    return torn;
};

}  // namespace string_assign

using namespace string_assign;

RACEPAIR_CASE("containers.string_assign")
    .lesson("A reference from a getter leaves the lock of the getter behind.")
    .exercise(
        "Both names fit into the string itself. What else could the reader "
        "meet if one of them lived on the heap?")
    .scope({.threads = 2, .rounds = 4000})
    .at_most_trials(100)
    .explore_scope({.threads = 2, .rounds = 1})
    .expects(0)
    .scenario(rename_while_reading)
    .blind("plain", racepair::When::optimised_on_one_cpu,
           "threads take turns and rarely switch in so short a gap", 0.9)
    .racy<Racy>()
    .wrong_fix<ByReference>("by_reference", racepair::Defect::data_race)
    .fixed<Fixed>();
