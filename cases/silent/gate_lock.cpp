// gate_lock: two locks are taken in opposite orders, but only by those who have
// passed a gate. Behind it there is one thread at a time, so nobody can wait
// there for anybody. A checker that compares orders and nothing else complains.

#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace gate_lock {

struct Racy {
    std::mutex gate, left, right;
    void use_left_first() {
        std::scoped_lock first(left);
        std::scoped_lock second(right);  // whoever has it may want the left one
    }
    void use_right_first() {
        std::scoped_lock first(right);
        std::scoped_lock second(left);
    }
};

struct Fixed {
    std::mutex gate, left, right;
    void use_left_first() {
        std::scoped_lock alone(gate);  // … but then it is in here
        std::scoped_lock first(left);
        std::scoped_lock second(right);
    }
    void use_right_first() {
        std::scoped_lock alone(gate);
        std::scoped_lock first(right);
        std::scoped_lock second(left);
    }
};

struct HalfGated {
    std::mutex gate, left, right;
    void use_left_first() {
        std::scoped_lock alone(gate);
        std::scoped_lock first(left);
        std::scoped_lock second(right);
    }
    void use_right_first() {
        std::scoped_lock first(right);  // came in through the window
        std::scoped_lock second(left);
    }
};

constexpr auto use_both = [](auto& tools) {
    racepair::Order order;  // one after the other: nobody waits
    std::thread left([&] { tools.use_left_first(), order.arrive(); });
    order.await(1), tools.use_right_first();
    left.join();
    return "used";
};

}  // namespace gate_lock

using namespace gate_lock;

RACEPAIR_CASE("silent.gate_lock")
    .lesson("Opposite orders are safe behind a gate that everybody passes, and only there.")
    .exercise("Is the report on Fixed false, or early? Think of the next one to add a function.")
    .expects("used")
    .scenario(use_both)
    .racy<Racy>("racy", racepair::Defect::lock_order)
    .wrong_fix<HalfGated>("half_gated", racepair::Defect::lock_order)
    .fixed<Fixed>()
    .false_alarm("helgrind", racepair::When::always, "it knows no gates")
    .false_alarm("tsan", racepair::When::always, "it knows no gates");
