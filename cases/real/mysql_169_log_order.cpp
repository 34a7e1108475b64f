// mysql_169_log_order: `delete from t` empties the table under one lock and
// logs it under another. An insert that comes in between is in the table and is
// logged before the deletion: whoever replays the log gets another table.

#include <mutex>
#include <string>
#include <thread>

#include "racepair/case.hpp"

namespace mysql_169_log_order {

struct Server {
    std::mutex table, log;
    int rows = 0;
    std::string logged;
    void write(char event) {
        std::lock_guard lock(log);
        logged += event;
    }
};

struct Racy : Server {
    void change(char event) {
        std::unique_lock lock(table);
        rows = event == 'd' ? 0 : rows + 1;
        lock.unlock();
        std::this_thread::yield();  // the next one may overtake
        write(event);
    }
};

struct Fixed : Server {
    void change(char event) {
        std::lock_guard lock(table);  // until it is logged
        rows = event == 'd' ? 0 : rows + 1;
        std::this_thread::yield();
        write(event);
    }
};

struct LogsFirst : Server {
    void change(char event) {
        write(event);  // now others overtake on the way to the table
        std::this_thread::yield();
        std::lock_guard lock(table);
        rows = event == 'd' ? 0 : rows + 1;
    }
};

constexpr auto change_and_replay = [](auto& server, auto& team) {
    team.run([&](int index) {
        const char event = index == 0 ? 'd' : 'i';
        for (int i = 0; i < team.rounds(); ++i) server.change(event);
    });
    int rows = 0;
    for (char event : server.logged) rows = event == 'd' ? 0 : rows + 1;
    return rows == server.rows ? "the same table" : "another table";
};

}  // namespace mysql_169_log_order

using namespace mysql_169_log_order;

RACEPAIR_CASE("real.mysql_169_log_order")
    .lesson("Two steps that must have the same order for everybody belong under one lock.")
    .exercise("Both locks are taken correctly. Which promise do they not make together?")
    .source("MySQL bug #169 (2003), log against table; S. Lu et al., Learning from Mistakes, 2008")
    .scope({.threads = 4, .rounds = 20})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects("the same table")
    .scenario(change_and_replay)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<LogsFirst>("logs_first", racepair::Defect::race_condition)
    .fixed<Fixed>();
