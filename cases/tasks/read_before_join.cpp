// read_before_join: a thread is started to work out three parts of a result.
// That its constructor has returned says that work may begin, not that it is
// done: only the return of join() comes after its end, [thread.thread.member].

#include <array>
#include <atomic>
#include <thread>

#include "racepair/case.hpp"

namespace read_before_join {

template <class Part>
struct Question {
    std::array<Part, 3> parts = {};
    void work() {
        std::this_thread::yield();  // takes its time
        for (auto& part : parts) part = 14;
    }
    long result() { return parts[0] + parts[1] + parts[2]; }
};

struct Racy : Question<long> {
    long ask() {
        std::thread worker([this] { work(); });
        const long seen = result();  // started, and perhaps not finished
        worker.join();
        return seen;
    }
};

struct AtomicParts : Question<std::atomic<long>> {
    long ask() {
        std::thread worker([this] { work(); });
        const long seen = result();  // no data race, and no result either
        worker.join();
        return seen;
    }
};

struct JoinsAtBrace : Question<long> {
    long ask() {
        std::jthread worker([this] { work(); });
        return result();  // reads first; the destructor joins after that
    }
};

struct Fixed : Question<long> {
    long ask() {
        std::thread worker([this] { work(); });
        worker.join();  // all that it did comes before this
        return result();
    }
};

constexpr auto ask_once = [](auto& question) { return question.ask(); };

}  // namespace read_before_join

using namespace read_before_join;

RACEPAIR_CASE("tasks.read_before_join")
    .lesson("Started work is not finished work: join first, then read.")
    .exercise(
        "A jthread joins by itself, and JoinsAtBrace is racy all the same: "
        "write down what happens at its closing brace, in order.")
    .needs_company([](auto& question) {
        question.work();
        return question.result() == 42;
    })
    .expects(42)
    .scenario(ask_once)
    .racy<Racy>()
    .wrong_fix<AtomicParts>("atomic_parts", racepair::Defect::race_condition)
    .wrong_fix<JoinsAtBrace>("joins_at_brace", racepair::Defect::data_race)
    .fixed<Fixed>();
