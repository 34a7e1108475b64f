#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "racepair/scope.hpp"

namespace racepair {

/// The threads of a trial. They live as long as the team, across trials, and wait at a gate, so
/// that a trial costs a wake-up and not a thread creation, and so that all members start together
/// (which is what makes updates collide).
///
/// What a detector sees is the same as with one `std::thread` for each member: all that happened
/// before run() happens before each member's work, each member's work happens before run() returns,
/// and nothing orders the members.
///
/// While they work, an alarm stops one of them about every 100 µs, wherever it is, and lets others
/// overtake: this is what makes threads interfere even on a busy machine or on a single CPU
/// (subject/preemption.hpp). Where a defect must show and did not, members are spread over the
/// CPUs at last (subject/spread.hpp).
///
/// A scenario that wants threads of its own takes only threads() and rounds() from here; no thread
/// is started then.
class Team {
   public:
    explicit Team(Scope scope);
    ~Team();
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;

    int threads() const { return scope_.threads; }
    int rounds() const { return scope_.rounds; }

    /// Has each member call `work` once, as `work()` or as `work(index)` with an index from 0 to
    /// threads() - 1, and returns when all are done. An exception that leaves `work` ends the
    /// process, as it does from a `std::thread`. Cost: about 1 µs for each member. Throws
    /// std::system_error if a thread cannot be started.
    template <class Work>
    void run(Work&& work) {
        if constexpr (std::is_invocable_v<Work&, int>)
            run_all(std::ref(work));
        else
            run_all([&work](int) { work(); });
    }

   private:
    void run_all(std::function<void(int)> work);
    void serve(int index);

    Scope scope_;
    std::function<void(int)> work_;
    std::atomic<unsigned> gate_{0};            // one more each time the members may start
    std::atomic<int> at_work_{0};              // members that are not done yet
    [[maybe_unused]] bool dismissed_ = false;  // written before the gate opens, read after
    std::vector<std::thread> members_;
};

}  // namespace racepair
