// loop_variable: a loop starts a worker for each number. A worker that captured
// the loop variable by reference looks at it when it gets round to it, and by
// then the loop has moved on.

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "racepair/case.hpp"

namespace loop_variable {

struct Racy {
    int number = 0;
    auto worker(auto& work) {
        return [&] { work(number); };  // whatever it is by then
    }
};

struct CopiesLate {
    int number = 0;
    auto worker(auto& work) {
        return [&] {
            const int mine = number;  // a copy, made in the new thread
            work(mine);
        };
    }
};

struct Atomic {
    std::atomic<int> number = 0;
    auto worker(auto& work) {
        return [&] { work(number); };  // no data race, and the wrong number
    }
};

struct Fixed {
    int number = 0;
    auto worker(auto& work) {
        return [&work, mine = number] { work(mine); };  // copied at once
    }
};

constexpr auto start_one_for_each = [](auto& loop, auto& team) {
    std::array<std::atomic<bool>, 9> done = {};  // one more: past the last one
    const auto work = [&](int number) { done.at(number) = true; };
    std::vector<std::thread> workers;
    while (loop.number < team.threads()) {
        workers.emplace_back(loop.worker(work));
        ++loop.number;
    }
    for (auto& worker : workers) worker.join();
    int numbers = 0;
    for (int i = 0; i < team.threads(); ++i) numbers += done[i];
    return numbers;
};

}  // namespace loop_variable

using namespace loop_variable;

RACEPAIR_CASE("publication.loop_variable")
    .lesson("A reference shows what is there by then: capture by value.")
    .exercise(
        "Which numbers were worked on twice, which not at all? If `number` "
        "were declared in the loop, what would be left to refer to when the "
        "loop is over?")
    .scope({.threads = 8, .rounds = 1})
    .at_most_trials(100)
    .needs_company([](auto& loop) {
        int seen = -1;
        const auto work = [&](int number) { seen = number; };
        loop.worker(work)();
        return seen == 0;
    })
    .expects([](auto scope) { return scope.threads; })
    .scenario(start_one_for_each)
    .racy<Racy>()
    .wrong_fix<CopiesLate>("copies_late", racepair::Defect::data_race)
    .wrong_fix<Atomic>("atomic", racepair::Defect::race_condition)
    .fixed<Fixed>();
