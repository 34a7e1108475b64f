// deleted_in_use: a reader works on a page, and the book is closed. A pointer
// says where the page is, not how long: an object has to outlive its last use
// [basic.life], so the use has to happen before the end.

#include <atomic>
#include <memory>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace deleted_in_use {

struct Racy {
    std::shared_ptr<int> page{new int(42)};
    std::atomic<bool> closed = false;
    auto reader() {
        return [where = page.get()] { return *where; };  // an address, no share
    }
    void close() { page.reset(); }
};

struct Fixed {
    std::shared_ptr<int> page{new int(42)};
    std::atomic<bool> closed = false;
    auto reader() {
        return [mine = page] { return *mine; };  // the last one closes the page
    }
    void close() { page.reset(); }
};

struct LooksFirst {
    std::shared_ptr<int> page{new int(42)};
    std::atomic<bool> closed = false;
    auto reader() {
        // not closed when it looks, closed when it reads
        return [this, where = page.get()] { return closed ? 42 : *where; };
    }
    void close() {
        closed = true;
        page.reset();
    }
};

struct Expired {
    std::shared_ptr<int> page{new int(42)};
    std::atomic<bool> closed = false;
    auto reader() {
        // expired() is out of date at once; lock() would hold the page
        return [weak = std::weak_ptr(page), where = page.get()] {
            return weak.expired() ? 42 : *where;
        };
    }
    void close() { page.reset(); }
};

constexpr auto close_after_reading = [](auto& book) {
    int seen = 0;
    racepair::Order order;  // orders, and synchronises nothing
    std::thread reading([&, read = book.reader()] {
        seen = read();
        order.arrive();
    });
    order.await(1);  // lucky: the last use comes before the end
    book.close();
    reading.join();
    return seen;
};

}  // namespace deleted_in_use

using namespace deleted_in_use;

RACEPAIR_CASE("lifetimes.deleted_in_use")
    .lesson("Whoever uses an object has to hold it: to look whether it is there is not enough.")
    .exercise(
        "Repair Expired with lock() in place of expired(); which of them looks and holds in one "
        "step?")
    .expects(42)
    .scenario(close_after_reading)
    .racy<Racy>("racy", racepair::Defect::lifetime)
    .wrong_fix<LooksFirst>("looks_first", racepair::Defect::lifetime)
    .wrong_fix<Expired>("expired", racepair::Defect::lifetime)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
