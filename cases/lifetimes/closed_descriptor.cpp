// closed_descriptor: one thread writes to a pipe, another one closes it. A
// descriptor is a number, and the next file to be opened gets the lowest that
// is free: a write that comes too late fails, or goes to a stranger.

#include <unistd.h>

#include <array>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace closed_descriptor {

struct Racy {
    std::mutex mutex;
    int out = -1;
    bool closed = false;
    bool send(char letter) {
        return write(out, &letter, 1) == 1;  // whose number is it by now?
    }
    void hang_up() { close(out); }
};

struct Fixed {
    std::mutex mutex;
    int out = -1;
    bool closed = false;
    bool send(char letter) {
        std::lock_guard lock(mutex);  // not closed before it is written
        return !closed && write(out, &letter, 1) == 1;
    }
    void hang_up() {
        std::lock_guard lock(mutex);
        closed = true;
        close(out);
    }
};

struct LooksFirst {
    std::mutex mutex;
    int out = -1;
    bool closed = false;
    bool send(char letter) {
        {
            std::lock_guard lock(mutex);
            if (closed) return false;
        }  // may be closed from here on
        return write(out, &letter, 1) == 1;
    }
    void hang_up() {
        std::lock_guard lock(mutex);
        closed = true;
        close(out);
    }
};

struct Duplicates {
    std::mutex mutex;
    int out = -1;
    bool closed = false;
    bool send(char letter) {
        const int mine = dup(out);  // of its own, but of which file?
        const bool sent = write(mine, &letter, 1) == 1;
        close(mine);
        return sent;
    }
    void hang_up() { close(out); }
};

constexpr auto send_and_hang_up = [](auto& line) {
    std::array<int, 2> ends = {};
    if (pipe(ends.data()) != 0) return "no pipe";
    line.out = ends[1];
    bool sent = false;
    racepair::Order order;  // orders, and synchronises nothing
    std::thread sender([&] {
        sent = line.send('x');
        order.arrive();
    });
    order.await(1);  // lucky: written while it is still the pipe
    line.hang_up();
    sender.join();
    char letter = 0;
    const bool arrived = read(ends[0], &letter, 1) == 1 && letter == 'x';
    close(ends[0]);
    return sent && arrived ? "arrived" : "lost";
};

}  // namespace closed_descriptor

using namespace closed_descriptor;

RACEPAIR_CASE("lifetimes.closed_descriptor")
    .lesson(
        "A number outlives the file that it stands for: close it when nobody can use it any more.")
    .exercise(
        "Let the caller hang up and open another file before the sender writes: where does the "
        "letter go?")
    .expects("arrived")
    .scenario(send_and_hang_up)
    .blind("plain", racepair::When::always, "in this order the pipe is still there")
    .blind("valgrind", racepair::When::always, "to it, a descriptor is a number like any other")
    .blind("explore", racepair::When::always, "to it, a descriptor is a number like any other")
    .racy<Racy>("racy", racepair::Defect::lifetime)
    .wrong_fix<LooksFirst>("looks_first", racepair::Defect::lifetime)
    .wrong_fix<Duplicates>("duplicates", racepair::Defect::lifetime)
    .fixed<Fixed>();
