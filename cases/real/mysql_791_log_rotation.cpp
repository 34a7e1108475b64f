// mysql_791_log_rotation: the server closes its log and opens the next file,
// all of it under the log's lock. An insert first asks, without that lock,
// whether there is a log at all; between close and open there is none, and it
// logs nothing.

#include <atomic>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace mysql_791_log_rotation {

struct Racy {
    std::mutex mutex;
    int file = 1, last = 1, records = 0;  // file 0: closed
    void rotate() {
        std::lock_guard lock(mutex);
        file = 0;
        std::this_thread::yield();  // opening takes its time
        file = ++last;
    }
    void insert() {
        std::this_thread::yield();
        if (file == 0) return;  // no log, nothing to do: without the lock
        std::lock_guard lock(mutex);
        ++records;
    }
};

struct Fixed {
    std::mutex mutex;
    int file = 1, last = 1, records = 0;
    void rotate() {
        std::lock_guard lock(mutex);
        file = 0;
        std::this_thread::yield();
        file = ++last;
    }
    void insert() {
        std::this_thread::yield();
        std::lock_guard lock(mutex);  // looks and writes under one lock
        if (file == 0) return;
        ++records;
    }
};

struct AtomicFile {
    std::mutex mutex;
    std::atomic<int> file = 1;
    int last = 1, records = 0;
    void rotate() {
        std::lock_guard lock(mutex);
        file = 0;  // whoever looks sees the in-between, and now reliably
        std::this_thread::yield();
        file = ++last;
    }
    void insert() {
        std::this_thread::yield();
        if (file == 0) return;
        std::lock_guard lock(mutex);
        ++records;
    }
};

// One rotates, the others begin to insert when it has done so once: how many of
// their records are missing?
constexpr auto insert_and_rotate = [](auto& log, auto& team) {
    racepair::Order order;
    team.run([&](int index) {
        if (index > 0) order.await(1);
        for (int i = 0; i < team.rounds(); ++i)
            if (index > 0)
                log.insert();
            else
                log.rotate(), order.arrive();
    });
    return (team.threads() - 1) * team.rounds() - log.records;
};

}  // namespace mysql_791_log_rotation

using namespace mysql_791_log_rotation;

RACEPAIR_CASE("real.mysql_791_log_rotation")
    .lesson("A state in between is a state: who may not see it must look under the lock.")
    .exercise("An atomic takes the report away and keeps the loss. What has to be indivisible?")
    .source("MySQL bug #791 (2003), log rotation; S. Lu et al., Learning from Mistakes, 2008")
    .scope({.threads = 4, .rounds = 100})
    .explore_scope({.threads = 2, .rounds = 2})
    .needs_company([](auto& log) {
        log.insert(), log.rotate(), log.insert();
        return log.records == 2;
    })
    .expects(0)
    .scenario(insert_and_rotate)
    .racy<Racy>()
    .wrong_fix<AtomicFile>("atomic_file", racepair::Defect::race_condition)
    .fixed<Fixed>();
