// lock_order: a log writer locks the log and then the statistics, a report does
// it the other way round. Here one comes after the other and nobody waits; on
// the day when they meet, each holds what the other one wants.

#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace lock_order {

struct Racy {
    std::mutex log, statistics;
    int lines = 0;
    void write() {
        std::lock_guard first(log);
        std::lock_guard second(statistics);
        ++lines;
    }
    int report() {
        std::lock_guard first(statistics);
        std::lock_guard second(log);  // the opposite order
        return lines;
    }
};

struct Fixed {
    std::mutex log, statistics;
    int lines = 0;
    void write() {
        std::scoped_lock both(log, statistics);
        ++lines;
    }
    int report() {
        std::scoped_lock both(statistics, log);  // holds none while it waits
        return lines;
    }
};

struct Recursive {
    std::recursive_mutex log, statistics;  // waits only for others: as here
    int lines = 0;
    void write() {
        std::lock_guard first(log);
        std::lock_guard second(statistics);
        ++lines;
    }
    int report() {
        std::lock_guard first(statistics);
        std::lock_guard second(log);
        return lines;
    }
};

constexpr auto write_then_report = [](auto& journal) {
    std::thread([&] { journal.write(); }).join();
    return journal.report();
};

}  // namespace lock_order

using namespace lock_order;

RACEPAIR_CASE("locks.lock_order")
    .lesson("A dead-lock needs no accident to be found: two orders of two locks are enough.")
    .exercise("No run of this scenario can hang. Which two lines must meet before one does?")
    .expects(1)
    .scenario(write_then_report)
    .racy<Racy>("racy", racepair::Defect::lock_order)
    .wrong_fix<Recursive>("recursive", racepair::Defect::lock_order)
    .fixed<Fixed>()
    .false_alarm("helgrind", racepair::When::always,
                 "it takes a lock that is only tried for one that is waited for");
