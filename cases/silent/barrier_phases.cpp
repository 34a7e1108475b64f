// barrier_phases: in the first phase each thread writes its own part, in the
// second one it reads its neighbour's. All arrivals at a barrier happen before
// the return of whoever waits for the end of the phase [thread.barrier.class];
// who only arrives is not held back.

#include <array>
#include <atomic>
#include <barrier>
#include <chrono>
#include <cstddef>
#include <thread>

#include "racepair/case.hpp"

namespace barrier_phases {

using namespace std::chrono_literals;

struct Racy {
    std::array<int, 8> parts{};
    void meet(auto& phase) { (void)phase.arrive(); }  // is there, does not wait
};

struct Fixed {
    std::array<int, 8> parts{};
    void meet(auto& phase) { phase.arrive_and_wait(); }
};

struct Sleeps {
    std::array<int, 8> parts{};
    void meet(auto& phase) {
        (void)phase.arrive();
        std::this_thread::sleep_for(1ms);  // surely they are all done by now
    }
};

constexpr auto write_then_read = [](auto& table, auto& team) {
    std::barrier phase(team.threads());
    std::atomic<int> sum = 0;
    team.run([&](std::size_t thread) {
        table.parts[thread] = 1;
        table.meet(phase);
        sum += table.parts[(thread + 1) % team.threads()];
    });
    return sum.load();
};

}  // namespace barrier_phases

using namespace barrier_phases;

RACEPAIR_CASE("silent.barrier_phases")
    .lesson("A barrier ends a phase for those who wait at it; to arrive is only half of it.")
    .exercise("What could a thread do between arrive() and wait(), and what must it leave alone?")
    .scope({.threads = 4})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](racepair::Scope scope) { return scope.threads; })
    .scenario(write_then_read)
    .racy<Racy>()
    .wrong_fix<Sleeps>("sleeps", racepair::Defect::data_race)
    .blind("plain", racepair::When::always, "the sleep is long enough, nearly always", 0.9)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
