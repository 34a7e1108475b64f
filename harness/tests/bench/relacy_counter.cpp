// The lost update, ported by hand to relacy (Vyukov 2009), whose threads and atomics are types of
// its own: what scripts/bench compares the explorer with. usage: relacy_counter 2x1|50x1|2x5|3x2
// random|full EXECUTIONS; prints microseconds and executions.

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <relacy/relacy.hpp>
#include <sstream>
#include <string>

namespace {

template <unsigned Threads, unsigned Rounds>
struct LostUpdate : rl::test_suite<LostUpdate<Threads, Rounds>, Threads> {
    rl::atomic<int> ops;

    void before() { ops.store(0, rl::mo_seq_cst, $); }
    void thread(unsigned) {
        for (unsigned round = 0; round < Rounds; ++round)
            ops.store(ops.load(rl::mo_seq_cst, $) + 1, rl::mo_seq_cst, $);
    }
};

template <unsigned Threads, unsigned Rounds>
int run(const std::string& search, unsigned long executions) {
    std::ostringstream nobody;
    rl::test_params params;
    params.output_stream = &nobody;
    params.progress_stream = &nobody;
    params.iteration_count = static_cast<rl::iteration_t>(executions);
    params.search_type =
        search == "full" ? rl::fair_full_search_scheduler_type : rl::random_scheduler_type;
    const auto begin = std::chrono::steady_clock::now();
    rl::simulate<LostUpdate<Threads, Rounds>>(params);
    const auto time = std::chrono::steady_clock::now() - begin;
    std::cout << std::chrono::duration_cast<std::chrono::microseconds>(time).count() << ' '
              << params.stop_iteration << '\n';
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) return 2;
    const std::string scope = arguments[1], search = arguments[2];
    const unsigned long executions = std::strtoul(arguments[3], nullptr, 10);
    if (scope == "2x1") return run<2, 1>(search, executions);
    if (scope == "50x1") return run<50, 1>(search, executions);
    if (scope == "2x5") return run<2, 5>(search, executions);
    if (scope == "3x2") return run<3, 2>(search, executions);
    return 2;
}
