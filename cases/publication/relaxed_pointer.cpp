// relaxed_pointer: settings are filled in, and then a pointer to them is made
// public. To find the pointer is not to find what it points to: that needs a
// release after the last write and an acquire before the first read.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace relaxed_pointer {

struct Settings {
    int port = 0;
};

struct Racy {
    Settings made;
    std::atomic<Settings*> current = nullptr;
    void publish() {
        made.port = 8080;
        current.store(&made, std::memory_order_relaxed);  // perhaps before port
    }
    Settings* get() { return current.load(std::memory_order_relaxed); }
};

struct Volatile {
    Settings made;
    Settings* volatile current = nullptr;
    void publish() {
        made.port = 8080;
        current = &made;  // really written, ordered with nothing
    }
    Settings* get() { return current; }
};

struct FilledLate {
    Settings made;
    std::atomic<Settings*> current = nullptr;
    void publish() {
        current.store(&made, std::memory_order_release);
        made.port = 8080;  // a release covers what comes before it
    }
    Settings* get() { return current.load(std::memory_order_acquire); }
};

struct Fixed {
    Settings made;
    std::atomic<Settings*> current = nullptr;
    void publish() {
        made.port = 8080;
        current.store(&made, std::memory_order_release);  // port included
    }
    Settings* get() { return current.load(std::memory_order_acquire); }
};

constexpr auto publish_then_use = [](auto& server) {
    racepair::Order order;
    int port = 0;
    std::thread user([&] {
        order.await(1);
        if (const Settings* found = server.get()) port = found->port;
    });
    server.publish();
    order.arrive();
    user.join();
    return port;
};

}  // namespace relaxed_pointer

using namespace relaxed_pointer;

RACEPAIR_CASE("publication.relaxed_pointer")
    .lesson("Publish a finished object by a release of the pointer to it.")
    .exercise(
        "In which variants is the pointer itself part of a race, and in which "
        "only the object behind it?")
    .expects(8080)
    .scenario(publish_then_use)
    .blind("plain", racepair::When::always, "the port is long written by then")
    .racy<Racy>()
    .wrong_fix<Volatile>("volatile", racepair::Defect::data_race)
    .wrong_fix<FilledLate>("filled_late", racepair::Defect::data_race)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
