// copy_range: one thread fills a page, another one takes a copy of it. memset
// and memcpy are many small accesses, and nothing makes one step of them.

#include <array>
#include <atomic>
#include <cstring>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace copy_range {

using Page = std::array<char, 256>;

struct Racy {
    std::mutex mutex;
    Page page = {};
    void fill(char with) { std::memset(page.data(), with, page.size()); }
    void copy(Page& to) {
        std::memcpy(to.data(), page.data(), page.size());  // half old, half new
    }
};

struct BusyFlag {
    std::atomic<bool> busy = false;
    Page page = {};
    void fill(char with) {
        busy = true;
        std::memset(page.data(), with, page.size());
        busy = false;
    }
    void copy(Page& to) {
        while (busy) std::this_thread::yield();
        std::memcpy(to.data(), page.data(), page.size());  // busy again?
    }
};

struct Fixed {
    std::mutex mutex;
    Page page = {};
    void fill(char with) {
        std::lock_guard lock(mutex);
        std::memset(page.data(), with, page.size());
    }
    void copy(Page& to) {
        std::lock_guard lock(mutex);  // one step, for all who lock
        std::memcpy(to.data(), page.data(), page.size());
    }
};

constexpr auto copy_while_filling = [](auto& book, auto& team) {
    racepair::Order first_copy;
    int torn = 0;
    team.run([&](int member) {
        Page copy = {};
        if (member != 0) first_copy.await(1);
        for (int i = 0; i < team.rounds(); ++i) {
            if (member != 0) {
                book.fill(static_cast<char>(i));
                continue;
            }
            book.copy(copy);
            if (i == 0) first_copy.arrive();
            if (copy.front() != copy.back()) ++torn;
        }
    });
    return torn;
};

}  // namespace copy_range

using namespace copy_range;

RACEPAIR_CASE("containers.copy_range")
    .lesson("memcpy is many accesses and needs the lock that each would need.")
    .exercise(
        "Compiled in one way, ThreadSanitizer says nothing here. By which compiler is it, "
        "optimised or not, and where are the calls? Would you have noticed without another "
        "detector?")
    .scope({.threads = 2, .rounds = 5000})
    .at_most_trials(100)
    .explore_scope({.threads = 2, .rounds = 1})
    .expects(0)
    .scenario(copy_while_filling)
    .blind("plain", racepair::When::optimised_on_one_cpu,
           "threads take turns and rarely switch in so short a gap", 0.9)
    .blind("tsan-gcc", racepair::When::optimised,
           "gcc expands memset and memcpy in place, uninstrumented")
    .racy<Racy>()
    .wrong_fix<BusyFlag>("busy_flag", racepair::Defect::data_race)
    .fixed<Fixed>();
