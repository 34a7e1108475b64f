// relaxed_flag: the flag is atomic, the letter is not. A relaxed store says
// that the flag is written in one step, not that the letter was written before:
// release on one side and acquire on the other say that ([atomics.order]).

#include <atomic>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace relaxed_flag {

struct Racy {
    int letter = 0;
    std::atomic<bool> ready = false;
    void send() {
        letter = 42;
        ready.store(true, std::memory_order_relaxed);  // orders nothing
    }
    bool arrived() { return ready.load(std::memory_order_relaxed); }
};

struct ReleaseOnly {
    int letter = 0;
    std::atomic<bool> ready = false;
    void send() {
        letter = 42;
        ready.store(true, std::memory_order_release);
    }
    // nobody acquires what was released
    bool arrived() { return ready.load(std::memory_order_relaxed); }
};

struct AcquireOnly {
    int letter = 0;
    std::atomic<bool> ready = false;
    void send() {
        letter = 42;
        ready.store(true, std::memory_order_relaxed);  // releases nothing
    }
    bool arrived() { return ready.load(std::memory_order_acquire); }
};

struct Fixed {
    int letter = 0;
    std::atomic<bool> ready = false;
    void send() {
        letter = 42;
        ready.store(true, std::memory_order_release);
    }
    // an acquire that sees a release: all before that is before this
    bool arrived() { return ready.load(std::memory_order_acquire); }
};

// The flag is up before anybody looks: in time, which is not an order.
constexpr auto send_then_read = [](auto& mail) {
    racepair::Order order;
    int seen = 0;
    std::thread reader([&] {
        order.await(1);
        if (mail.arrived()) seen = mail.letter;
    });
    mail.send();
    order.arrive();
    reader.join();
    return seen;
};

}  // namespace relaxed_flag

using namespace relaxed_flag;

RACEPAIR_CASE("publication.relaxed_flag")
    .lesson("A relaxed flag tells of itself; release and acquire of the data.")
    .exercise(
        "The report names the letter and not the flag. Which of the two orders "
        "would you have to add to `release_only`, and where?")
    .expects(42)
    .scenario(send_then_read)
    .blind("plain", racepair::When::always, "the letter is there by then")
    .racy<Racy>()
    .wrong_fix<ReleaseOnly>("release_only", racepair::Defect::data_race)
    .wrong_fix<AcquireOnly>("acquire_only", racepair::Defect::data_race)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
