// vector_growth: one thread goes through a vector, another one appends to it.
// push_back writes where the vector ends, and where there is no room left it
// moves all elements and frees the old ones under the feet of the reader.

#include <mutex>
#include <numeric>
#include <thread>
#include <vector>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace vector_growth {

struct Racy {
    std::mutex mutex;
    std::vector<int> marks = {1, 2, 3};
    void add(int mark) { marks.push_back(mark); }  // moves them all
    int sum() { return std::accumulate(marks.begin(), marks.end(), 0); }
};

struct Reserves {
    std::mutex mutex;
    std::vector<int> marks = [] {
        std::vector<int> roomy = {1, 2, 3};
        roomy.reserve(100);  // the elements stay, the end still moves
        return roomy;
    }();
    void add(int mark) { marks.push_back(mark); }
    int sum() { return std::accumulate(marks.begin(), marks.end(), 0); }
};

struct LocksTheWriter {
    std::mutex mutex;
    std::vector<int> marks = {1, 2, 3};
    void add(int mark) {
        std::lock_guard lock(mutex);  // against whom? the reader takes none
        marks.push_back(mark);
    }
    int sum() { return std::accumulate(marks.begin(), marks.end(), 0); }
};

struct Fixed {
    std::mutex mutex;
    std::vector<int> marks = {1, 2, 3};
    void add(int mark) {
        std::lock_guard lock(mutex);
        marks.push_back(mark);
    }
    int sum() {
        std::lock_guard lock(mutex);  // for as long as it looks at elements
        return std::accumulate(marks.begin(), marks.end(), 0);
    }
};

// The read comes first, so nothing breaks: but nothing orders the two either.
constexpr auto sum_then_add = [](auto& book) {
    racepair::Order order;
    std::thread writer([&] {
        order.await(1);
        book.add(4);
    });
    const int seen = book.sum();
    order.arrive();
    writer.join();
    return seen;
};

}  // namespace vector_growth

using namespace vector_growth;

RACEPAIR_CASE("containers.vector_growth")
    .lesson("Room or no room: nobody may read a vector while it grows.")
    .exercise(
        "Which member of the vector does push_back write even when there is "
        "room? Find its two accesses in the report on `reserves`.")
    .expects(6)
    .scenario(sum_then_add)
    .blind("plain", racepair::When::always, "read before it changes")
    .racy<Racy>()
    .wrong_fix<Reserves>("reserves", racepair::Defect::data_race)
    .wrong_fix<LocksTheWriter>("locks_the_writer", racepair::Defect::data_race)
    .fixed<Fixed>();
