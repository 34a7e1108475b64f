// static_local: threads draw numbers from a static local variable. Whoever
// comes first initialises it, and all others wait for that [stmt.dcl]: this is
// all that the language promises. What is done with it afterwards is up to the
// program.

#include <atomic>
#include <mutex>
#include <string>

#include "racepair/case.hpp"

namespace static_local {

struct Racy {
    int draw() {
        static int next = std::stoi("1000");
        return next++;  // initialised once, changed by everybody
    }
};

struct Fixed {
    int draw() {
        static std::atomic<int> next = std::stoi("1000");
        return next++;  // one step
    }
};

struct OncePerThread {
    int draw() {
        // no race any more, and the same numbers for everybody
        static thread_local int next = std::stoi("1000");
        return next++;
    }
};

struct LockedStart {
    int draw() {
        static std::once_flag once;
        static int next = 0;
        std::call_once(once, [] { next = 1000; });  // safe before, safe now
        return next++;
    }
};

constexpr auto draw_together = [](auto& numbers, auto& team) {
    const int begin = numbers.draw();
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) numbers.draw();
    });
    return numbers.draw() - begin - 1;  // as many as were drawn in between
};

}  // namespace static_local

using namespace static_local;

RACEPAIR_CASE("silent.static_local")
    .lesson("A static local is initialised once and safely; each later change needs its own care.")
    .exercise("Which variants would be right if draw() were called by one thread at a time?")
    .scope({.threads = 4, .rounds = 500})
    .needs_company([](auto& numbers) { return numbers.draw() + 1 == numbers.draw(); })
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(draw_together)
    .racy<Racy>()
    .blind("plain", racepair::When::optimised, "the loop is folded into one single addition", 0.9)
    .blind("plain", racepair::When::one_cpu, "threads rarely switch in so short a gap", 0.9)
    .wrong_fix<OncePerThread>("once_per_thread", racepair::Defect::race_condition)
    .wrong_fix<LockedStart>("locked_start", racepair::Defect::data_race)
    .blind("plain", racepair::When::one_cpu, "threads rarely switch in so short a gap", 0.9)
    .fixed<Fixed>();
