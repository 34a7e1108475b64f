#pragma once

#include <cstdint>

#include "execution.hpp"
#include "strategy.hpp"

namespace racepair::explorer {

/// The order in which threads take turns, as one short word that can be kept, pasted and replayed:
/// "rp1-<check>-<thread>.<operation>-…", where each pair lets a thread go on up to and including so
/// many of its operations. It counts all that a thread does, not only what is visible, so that it
/// means the same whatever is known of the program. The check is over the code addresses of those
/// operations, relative to the program's file: another program, or a changed one, has another.
class Schedule {
   public:
    static constexpr std::size_t most_turns = 4096;
    static constexpr std::size_t longest_text = 64 * 1024;
    struct Turn {
        int thread;
        std::uint32_t operation;
    };

    /// The schedules from here on are of this program in this scope: a word for another one does
    /// not fit.
    static void be_of(const char* program, int threads, int rounds);
    static std::uint32_t of_nothing() { return of_nothing_; }

    void open() { turns_.open(most_turns); }

    /// The schedule of the execution that is over. False if it has too many turns to be written.
    bool take(const Trace& trace);
    /// nullptr, or what is wrong with the text.
    const char* read(const char* text);
    /// Writes it to `text`, of longest_text bytes.
    void write(char* text) const;

    std::size_t turns() const { return turns_.size(); }
    const Turn& turn(std::size_t i) const { return turns_[i]; }
    std::uint32_t check() const { return check_; }

    /// Part of the check: the operation that a turn ends with.
    static std::uint32_t mix(std::uint32_t check, const Turn& turn, std::uintptr_t pc);

   private:
    Reserved<Turn> turns_;
    std::uint32_t check_ = 0;
    static std::uint32_t of_nothing_;  // the check of no turns at all
};

/// Runs a given schedule; what it leaves open goes on in turn.
class Replay final : public Strategy, public Stops {
   public:
    explicit Replay(const Schedule& schedule, bool dependence = false)
        : schedule_(schedule), dependence_(dependence) {}

    const char* name() const override { return "replay"; }
    void begin() override;
    int choose(const Choice& choice) override;
    bool advance() override { return false; }
    bool needs_dependence() const override { return dependence_; }
    void restart() override {}
    bool here(int thread, std::uint32_t operation, std::uintptr_t pc) const override;
    bool traps(int thread, std::uint32_t operation) const override;

    /// Raises SIGTRAP in the program's thread when the last step of the schedule is to be taken.
    void trap_at_last_step() { traps_ = true; }

    /// Did the program do what the schedule is of?
    bool fits() const { return fits_ && check_ == schedule_.check(); }

   private:
    const Schedule& schedule_;
    bool dependence_;
    std::size_t turn_ = 0;
    bool fits_ = true;
    bool traps_ = false;
    mutable std::uint32_t check_ = 0;
};

/// Runs the steps of the execution before once more.
class Again final : public Strategy {
   public:
    explicit Again(bool dependence) : dependence_(dependence) {}
    const char* name() const override { return "again"; }
    int choose(const Choice& choice) override;
    bool advance() override { return false; }
    bool needs_dependence() const override { return dependence_; }
    void restart() override {}

   private:
    bool dependence_;
};

/// Does code lie in the program's own file, and not in a library whose place is another each time?
bool is_of_program(std::uintptr_t pc);

/// A code address relative to the program's file.
std::uintptr_t relative(std::uintptr_t pc);

}  // namespace racepair::explorer
