// The loop that someone without a harness would write. Prints microseconds.
// usage: bare_loop two_threads|one_thread TRIALS

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "work.hpp"

namespace {

template <class Scenario>
long long wrong_outcomes(Scenario scenario, long long trials, std::uint64_t right) {
    long long wrong = 0;
    for (long long trial = 0; trial < trials; ++trial) {
        bench::Fixed counter;
        if (scenario(counter) != right) ++wrong;
    }
    return wrong;
}

}  // namespace

int main(int count, char** words) {
    if (count != 3) return 2;
    const bool two = words[1] == std::string("two_threads");
    const long long trials = std::atoll(words[2]);
    const auto begin = std::chrono::steady_clock::now();
    const long long wrong = two ? wrong_outcomes(bench::two_threads, trials, 2 * bench::rounds)
                                : wrong_outcomes(bench::one_thread, trials, bench::rounds);
    const auto elapsed = std::chrono::steady_clock::now() - begin;
    std::printf("%lld\n",
                static_cast<long long>(
                    std::chrono::duration_cast<std::chrono::microseconds>(elapsed).count()));
    return wrong == 0 ? 0 : 1;
}
