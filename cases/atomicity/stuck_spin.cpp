// stuck_spin: one thread goes round until another one tells it to go on. That
// a plain variable is changed by somebody else the compiler need not expect,
// [intro.races]: it may look once and go round for ever, or leave out a loop
// that does nothing else, [intro.progress].

#include <atomic>
#include <thread>

#include "racepair/case.hpp"

namespace stuck_spin {

struct Racy {
    bool ready = false;
    void wait() {
        while (!ready) std::this_thread::yield();  // may be read once only
    }
    void tell() { ready = true; }
};

struct Volatile {
    volatile bool ready = false;
    void wait() {
        while (!ready) std::this_thread::yield();  // read each time, and racy
    }
    void tell() { ready = true; }
};

struct Pulse {
    std::atomic<bool> ready = false;
    void wait() {
        while (!ready) std::this_thread::yield();
    }
    void tell() {
        ready = true;
        ready = false;  // ready to be used again, and nobody has looked
    }
};

struct Fixed {
    std::atomic<bool> ready = false;
    void wait() {
        while (!ready) std::this_thread::yield();  // sees it, sooner or later
    }
    void tell() { ready = true; }
};

constexpr auto spin_until_told = [](auto& flag) {
    std::thread waiter([&] { flag.wait(); });
    flag.tell();
    waiter.join();
    return "went on";
};

}  // namespace stuck_spin

using namespace stuck_spin;

RACEPAIR_CASE("atomicity.stuck_spin")
    .lesson("A loop that waits for another thread has to look at an atomic, each time round.")
    .exercise(
        "Take the yield out of Racy and look at the machine code of wait(), by g++ -O1 and by g++ "
        "-O2: how often does each read ready, and which of them waits at all?")
    .may_hang("whoever looks once too early, or when the pulse is over, goes round for ever")
    .expects("went on")
    .scenario(spin_until_told)
    .racy<Racy>()
    .wrong_fix<Volatile>("volatile", racepair::Defect::data_race)
    .wrong_fix<Pulse>("pulse", racepair::Defect::race_condition)
    .fixed<Fixed>();
