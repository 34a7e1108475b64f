#pragma once

#include <cstdint>

#include "clock.hpp"
#include "operation.hpp"

namespace racepair::explorer {

/// A place to switch, as a strategy sees it.
struct Choice {
    int depth;                                // visible steps taken so far
    int current;                              // the thread that took the last one
    ThreadSet enabled;                        // those that could go on; never empty
    ThreadSet standing;                       // those that stand before a step, enabled or not
    const Operation* (*step_of)(int thread);  // what each of `standing` would do
};

/// Decides who takes the next visible step, execution after execution.
class Strategy {
   public:
    virtual const char* name() const = 0;
    /// Before each execution.
    virtual void begin() {}
    /// The thread that goes on, or -1: this execution is of no use.
    virtual int choose(const Choice& choice) = 0;
    /// After each execution. Is there another one to be run?
    virtual bool advance() = 0;
    /// Have all schedules been covered once advance() is false?
    virtual bool is_exhaustive() const { return false; }
    /// Does it use the Dependence clocks of the trace?
    virtual bool needs_dependence() const { return false; }
    /// Starts again from nothing, because more places to switch have become known.
    virtual void restart() = 0;

   protected:
    ~Strategy() = default;
};

/// xorshift64* (Vigna 2016): enough for schedules, and the same everywhere.
class Random {
   public:
    explicit Random(std::uint64_t seed) : state_(seed * 2 + 1) {
        for (int i = 0; i < 8; ++i) next();
    }
    std::uint64_t next() {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return state_ * 0x2545F4914F6CDD1Dull;
    }
    /// 0 … bound - 1
    std::uint64_t below(std::uint64_t bound) { return (next() >> 11) % bound; }

   private:
    std::uint64_t state_;
};

}  // namespace racepair::explorer
