#pragma once

#include <cstdint>

#include "execution.hpp"
#include "findings.hpp"

namespace racepair::explorer {

/// Writes findings as `report` records: it watches an execution that is run once more, because the
/// accesses' stacks are known only while they happen.
class Witness final : public Listener {
   public:
    Witness(const char* variant, long trial) : variant_(variant), trial_(trial) {}

    /// Tells of it at once; of a race when it happens again: expects_any() says that the execution
    /// has to be run again for that.
    void take(const Finding& finding);
    bool expects_any() const { return count_ > 0; }

    void stepped(int, bool, std::uint64_t) override {}
    void wrote(int, std::uint64_t) override {}
    void created(int, int, std::uintptr_t) override {}
    void accessed(std::uintptr_t address, std::uint32_t size, const Access& access) override;
    void used_atomic(const AtomicUse& use) override;
    void fenced(bool acquires, bool releases) override;
    void raced(const Race& race) override;

    long told() const { return told_; }

   private:
    void expect(const Race& race);
    /// Reports what has no accesses, from the state in which an execution ended.
    void tell(const Finding& finding);

    static constexpr int most = 16;
    static constexpr int most_calls = 24;
    struct Side {
        std::uintptr_t address = 0;
        std::uint32_t size = 0;
        bool in_object = false;
        std::uintptr_t calls[most_calls];
        int depth = 0;
    };
    struct Expected {
        Race race;
        Side before, after;
        long made_at = -1;  // when the earlier access was made
        bool told = false;
    };
    /// A value that one thread stored in an atomic and the other one loaded, and that orders
    /// nothing.
    struct Handover {
        const AtomicUse* store = nullptr;
        const AtomicUse* load = nullptr;
        const char* why = "";
    };
    /// The last one between the two accesses, or none.
    Handover handover(const Expected& expected) const;
    static void keep(Side& side, std::uintptr_t address, std::uint32_t size, std::uintptr_t pc);

    const char* variant_;
    long trial_;
    Expected expected_[most];
    int count_ = 0;
    static constexpr long most_uses = 1024;
    struct Use {
        AtomicUse atomic;
        long at;
        long fenced_at;  // when the thread last made a fence that releases
    };
    Use uses_[most_uses];  // the last ones, a ring
    long use_count_ = 0;
    long now_ = 0;  // counts what it was told of
    long fenced_at_[most_threads] = {};
    long told_ = 0;
};

}  // namespace racepair::explorer
