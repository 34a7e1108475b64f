#pragma once

namespace racepair {

/// Puts accesses of different threads in an order without synchronising them.
///
/// A mutex or an atomic would do the same and cure the race on the way: it makes one access happen
/// before the other. This gate is compiled without the detector's instrumentation, so that no
/// detector of the happens-before kind learns of it. ThreadSanitizer's runtimes have a barrier of
/// this kind for their own tests; this one needs no symbol of any runtime, so it works alike in
/// every build.
///
///     writer: value = 1; order.arrive();
///     reader: order.await(1); seen = value;  // ordered, and a race all the same
///
///     both: seen = value; order.arrive(); order.await(2); value = seen + 1;  // both read first
class Order {
   public:
    Order();

    /// Counts one arrival and wakes whoever waits for it. Never blocks.
    void arrive();

    /// Blocks until `arrivals` arrivals have been counted since construction.
    void await(int arrivals);

   private:
    int arrivals_;
};

}  // namespace racepair
