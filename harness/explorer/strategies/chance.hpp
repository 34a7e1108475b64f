#pragma once

#include "../strategy.hpp"

namespace racepair::explorer {

/// At each place to switch, any of the threads that can go on, with equal probability.
class RandomWalk final : public Strategy {
   public:
    RandomWalk(std::uint64_t seed, long executions)
        : random_(seed), seed_(seed), executions_(executions) {}
    const char* name() const override { return "random"; }
    int choose(const Choice& choice) override;
    bool advance() override { return ++done_ < executions_; }
    void restart() override;

   private:
    Random random_;
    std::uint64_t seed_;
    long executions_;
    long done_ = 0;
};

/// Each thread has a priority and the highest goes on; at d - 1 random steps the one that is on
/// falls behind all others. Finds a bug of depth d with probability at least 1/(n·k^(d-1)) in each
/// execution of n threads and k steps (Burckhardt, Kothari, Musuvathi & Nagarakatte 2010).
class Pct final : public Strategy {
   public:
    Pct(std::uint64_t seed, long executions, int depth)
        : random_(seed), seed_(seed), executions_(executions), depth_(depth) {}
    const char* name() const override { return "pct"; }
    void begin() override;
    int choose(const Choice& choice) override;
    bool advance() override { return ++done_ < executions_; }
    void restart() override;

    int depth() const { return depth_; }
    /// n and k, as seen so far.
    int threads() const { return threads_; }
    long steps() const { return steps_; }

   private:
    static constexpr int most_depth = 16;
    Random random_;
    std::uint64_t seed_;
    long executions_;
    int depth_;
    long done_ = 0;
    int threads_ = 1;
    long steps_ = 1;
    long change_at_[most_depth] = {};
    long priority_[most_threads] = {};
    long lowest_ = 0;
};

/// The threads take their steps in turn.
class RoundRobin final : public Strategy {
   public:
    const char* name() const override { return "round-robin"; }
    int choose(const Choice& choice) override;
    bool advance() override { return false; }
    void restart() override {}
};

}  // namespace racepair::explorer
