// mixed_access: a level is set by one thread and shown by another one. Atomic
// is what both sides do: an atomic store and a plain load are a data race, and
// so are a plain store and an atomic load ([intro.races]).

#include <atomic>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace mixed_access {

using Atomic = std::atomic_ref<int>;

struct Racy {
    int level = 0;
    void set(int to) { Atomic(level).store(to); }
    int get() { return level; }  // plain
};

struct VolatileRead {
    int level = 0;
    void set(int to) { Atomic(level).store(to); }
    int get() { return const_cast<volatile int&>(level); }  // still plain
};

struct PlainWrite {
    int level = 0;
    void set(int to) { level = to; }  // now it is this side
    int get() { return Atomic(level).load(); }
};

struct Fixed {
    int level = 0;
    void set(int to) { Atomic(level).store(to); }
    int get() { return Atomic(level).load(); }  // atomic on both sides
};

constexpr auto set_then_show = [](auto& tank) {
    racepair::Order order;
    int shown = 0;
    std::thread display([&] {
        order.await(1);
        shown = tank.get();
    });
    tank.set(7);
    order.arrive();
    display.join();
    return shown;
};

}  // namespace mixed_access

using namespace mixed_access;

RACEPAIR_CASE("publication.mixed_access")
    .lesson(
        "Atomic on one side and plain on the other is a data race: atomicity "
        "takes two.")
    .exercise(
        "Which of the two sides does the report call atomic? Which type of "
        "`level` would make the mistake impossible?")
    .expects(7)
    .scenario(set_then_show)
    .blind("plain", racepair::When::always, "an int is read in one piece")
    .racy<Racy>()
    .blind("valgrind", racepair::When::always, "an update with the bus locked is no write to it")
    .wrong_fix<VolatileRead>("volatile_read", racepair::Defect::data_race)
    .blind("valgrind", racepair::When::always, "an update with the bus locked is no write to it")
    .wrong_fix<PlainWrite>("plain_write", racepair::Defect::data_race)
    .fixed<Fixed>();
