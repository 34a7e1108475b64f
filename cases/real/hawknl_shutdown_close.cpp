// hawknl_shutdown_close: shutting the library down takes its lock and then
// those of its sockets, one after the other. Closing a socket takes the socket's
// lock and then the library's, to strike it off the list. A program that ends
// does both.

#include <atomic>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace hawknl_shutdown_close {

struct Racy {
    std::mutex library, socket;
    int listed = 1;
    void shutdown() {
        std::lock_guard first(library);
        std::lock_guard second(socket);
        listed = 0;
    }
    void close() {
        std::lock_guard first(socket);
        std::lock_guard second(library);  // the opposite order
        listed = 0;
    }
};

struct Fixed {
    std::mutex library, socket;
    int listed = 1;
    void shutdown() {
        std::lock_guard first(library);
        std::lock_guard second(socket);
        listed = 0;
    }
    void close() {
        std::lock_guard first(library);  // the list's first, as there
        std::lock_guard second(socket);
        listed = 0;
    }
};

struct LooksFirst {
    std::mutex library, socket;
    std::atomic<bool> is_ending = false;
    int listed = 1;
    void shutdown() {
        is_ending = true;
        std::lock_guard first(library);
        std::lock_guard second(socket);
        listed = 0;
    }
    void close() {
        if (is_ending) return;  // and if it ends right after this?
        std::lock_guard first(socket);
        std::lock_guard second(library);
        listed = 0;
    }
};

constexpr auto end_the_program = [](auto& network) {
    std::thread ending([&] { network.shutdown(); });
    network.close();
    ending.join();
    return network.listed;
};

}  // namespace hawknl_shutdown_close

using namespace hawknl_shutdown_close;

RACEPAIR_CASE("real.hawknl_shutdown_close")
    .lesson(
        "From the whole to the part or from the part to the whole: all paths need one "
        "direction.")
    .exercise("LooksFirst makes the dead-lock rarer. Draw the schedule in which it is left.")
    .source(
        "HawkNL 1.6b3, nlShutdown against nlClose, which later takes the list's lock first; "
        "H. Jula et al., Deadlock Immunity, 2008")
    .may_hang("each waits for the lock that the other one holds")
    .expects(0)
    .scenario(end_the_program)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<LooksFirst>("looks_first", racepair::Defect::race_condition)
    .fixed<Fixed>();
