// plain_flag: one thread writes a letter and raises a flag, another one polls
// the flag and reads. A plain flag orders nothing, and an optimiser may look at
// it once and never again: without other threads it could not change.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace plain_flag {

struct Racy {
    int letter = 0;
    bool ready = false;  // a plain variable, written here and read there
    void send() {
        letter = 42;
        ready = true;
    }
};

struct Volatile {
    int letter = 0;
    volatile bool ready = false;  // really read each time, still no order
    void send() {
        letter = 42;
        ready = true;
    }
};

struct Fixed {
    int letter = 0;
    std::atomic<bool> ready = false;  // whoever sees it sees the letter
    void send() {
        letter = 42;
        ready = true;
    }
};

// The flag is up before the first look, so that nobody polls for ever.
constexpr auto poll_and_read = [](auto& mail) {
    racepair::Order order;
    int seen = 0;
    std::thread reader([&] {
        order.await(1);
        while (!mail.ready) continue;
        seen = mail.letter;
    });
    mail.send();
    order.arrive();
    reader.join();
    return seen;
};

}  // namespace plain_flag

using namespace plain_flag;

RACEPAIR_CASE("publication.plain_flag")
    .lesson(
        "A flag that tells another thread that data is ready must be atomic: "
        "volatile is not.")
    .exercise(
        "Look at the machine code of the poll of `racy`, by g++ -O1 and by g++ -O2: how often does "
        "each read the flag? And that of `volatile`?")
    .expects(42)
    .scenario(poll_and_read)
    .blind("plain", racepair::When::always, "the flag is up by then")
    .racy<Racy>()
    .wrong_fix<Volatile>("volatile", racepair::Defect::data_race)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
