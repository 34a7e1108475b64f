// hidden_by_lock: a price is changed and read without a lock, and both sides
// write a line to the log, which has one. If the log passes from the writer to
// the reader, then the change happens before the reading: by accident.

#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace hidden_by_lock {

struct Shop {
    std::mutex log, mutex;
    int lines = 0, price = 1;
    void write_line() {
        std::lock_guard lock(log);
        ++lines;
    }
};

struct Racy : Shop {
    void change() {
        price = 2;  // before the reading, if the log passes that way
        write_line();
    }
    int read() {
        write_line();
        return price;
    }
};

struct LocksWriter : Shop {
    void change() {
        std::lock_guard lock(mutex);
        price = 2;
        write_line();
    }
    int read() {
        write_line();
        return price;  // this side still holds no lock here
    }
};

struct Fixed : Shop {
    void change() {
        std::lock_guard lock(mutex);
        price = 2;
        write_line();
    }
    int read() {
        write_line();
        std::lock_guard lock(mutex);  // on purpose, whoever is first
        return price;
    }
};

constexpr auto change_and_read = [](auto& shop, auto& team) {
    int seen = 0;
    std::thread reader([&] {
        for (int i = 0; i < team.rounds(); ++i) std::this_thread::yield();  // the writer first
        seen = shop.read();
    });
    shop.change();
    reader.join();
    return seen;
};

}  // namespace hidden_by_lock

using namespace hidden_by_lock;

RACEPAIR_CASE("atomicity.hidden_by_lock")
    .lesson(
        "A detector judges the run that it saw: a lock taken by accident can hide a race from it.")
    .exercise(
        "Delete the log from Racy. Then put it back, and move write_line() in read() behind the "
        "reading of the price. What does ThreadSanitizer say each time, and why?")
    .source("llvm/llvm-project#134344")
    .scope({.threads = 2, .rounds = 200})
    .explore_scope({.threads = 2, .rounds = 1})
    .needs_company([](auto& shop) { return shop.change(), shop.read() == 2; })
    .expects(1, 2)
    .scenario(change_and_read)
    .blind("plain", racepair::When::always, "the old price and the new one are both right")
    .blind("tsan", racepair::When::always,
           "the log's lock orders the two in this schedule, in which the writer is first", 0.1)
    .blind("valgrind", racepair::When::always,
           "the log's lock orders the two in this schedule, in which the writer is first", 0.1)
    .racy<Racy>()
    .wrong_fix<LocksWriter>("locks_writer", racepair::Defect::data_race)
    .fixed<Fixed>();
