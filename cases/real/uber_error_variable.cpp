// uber_error_variable: the idiom is to reuse one variable for the error of each
// call. A call that has moved to a thread of its own reuses it as well: it was
// captured by reference, and two calls now answer into the same place.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace uber_error_variable {

struct Racy {
    bool save(auto open, auto notify, auto write) {
        int error = open();
        std::thread background([&] {
            error = notify();  // the same variable as below
        });
        error = write();
        std::this_thread::yield();
        const bool is_saved = error == 0;
        background.join();
        return is_saved;
    }
};

struct Fixed {
    bool save(auto open, auto notify, auto write) {
        int error = open();
        std::thread background([&] {
            [[maybe_unused]] int own = notify();  // one of its own
        });
        error = write();
        std::this_thread::yield();
        const bool is_saved = error == 0;
        background.join();
        return is_saved;
    }
};

struct Atomic {
    bool save(auto open, auto notify, auto write) {
        std::atomic<int> error = open();
        std::thread background([&] {
            error = notify();  // one variable, two meanings
        });
        error = write();
        std::this_thread::yield();
        const bool is_saved = error == 0;
        background.join();
        return is_saved;
    }
};

// The write fails while the notification succeeds.
constexpr auto save_on_a_full_disk = [](auto& file, auto& team) {
    int saved = 0;
    for (int i = 0; i < team.rounds(); ++i) {
        racepair::Order order;
        const auto open = [] { return 0; };
        const auto notify = [&] { return order.arrive(), 0; };
        const auto write = [&] { return order.await(1), -1; };
        saved += file.save(open, notify, write);
    }
    return saved;
};

}  // namespace uber_error_variable

using namespace uber_error_variable;

RACEPAIR_CASE("real.uber_error_variable")
    .lesson(
        "What a lambda captures by reference is shared once it runs in another thread: give each "
        "call its own result.")
    .exercise("Which of the two calls was it that failed? Try to tell from the variable.")
    .source("M. Chabbi and M. Ramanathan, A Study of Real-World Data Races in Golang, 2022")
    .scope({.threads = 2, .rounds = 10})
    .explore_scope({.threads = 2, .rounds = 1})
    .needs_company([](auto& file) {
        const auto fails = [] { return -1; };
        return !file.save(fails, fails, fails);
    })
    .expects(0)
    .scenario(save_on_a_full_disk)
    .racy<Racy>()
    .wrong_fix<Atomic>("atomic", racepair::Defect::race_condition)
    .fixed<Fixed>();
