// escaped_thread_local: a thread_local buffer is private to its thread as long
// as its address is. It is destroyed when that thread ends [basic.stc.thread],
// and whoever was given a reference to it has a reference to nothing.

#include <future>
#include <span>
#include <thread>
#include <vector>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace escaped_thread_local {

struct Racy {
    // the buffer goes when the thread goes
    const std::vector<int>& search() {
        thread_local std::vector<int> found;
        found.assign(1, 42);
        return found;
    }
};

struct Fixed {
    // a copy goes where it is needed
    std::vector<int> search() {
        thread_local std::vector<int> found;
        found.assign(1, 42);
        return found;
    }
};

struct View {
    // copies where to look, not what is there
    std::span<const int> search() {
        thread_local std::vector<int> found;
        found.assign(1, 42);
        return found;
    }
};

constexpr auto search_elsewhere = [](auto& archive) {
    std::promise<decltype(archive.search())> result;
    racepair::Order order;  // orders, and synchronises nothing
    std::thread searcher([&] {
        result.set_value(archive.search());
        order.await(1);
    });
    auto&& found = result.get_future().get();
    const int seen = found[0];
    order.arrive();  // lucky: read before the thread ends
    searcher.join();
    return seen;
};

}  // namespace escaped_thread_local

using namespace escaped_thread_local;

RACEPAIR_CASE("lifetimes.escaped_thread_local")
    .lesson("thread_local is private only while its address is: hand out copies.")
    .exercise("Which of the three would be right if the searcher never ended, and for how long?")
    .expects(42)
    .scenario(search_elsewhere)
    .racy<Racy>("racy", racepair::Defect::lifetime)
    .wrong_fix<View>("view", racepair::Defect::lifetime)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
