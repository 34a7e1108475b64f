#pragma once

#include <cstdint>

#include "execution.hpp"
#include "schedule.hpp"

namespace racepair::explorer {

/// Writes an execution that is run once more as a `schedule` record: step by step, with the values
/// read and written.
class Story final : public Listener {
   public:
    static void open();

    void begin();

    void stepped(int event, bool has_value, std::uint64_t value) override;
    void wrote(int event, std::uint64_t value) override;
    void created(int, int, std::uintptr_t) override {}
    void accessed(std::uintptr_t, std::uint32_t, const Access&) override {}
    void used_atomic(const AtomicUse&) override {}
    void fenced(bool, bool) override {}
    void raced(const Race&) override {}

    /// Sends the record. `why`: the kind of finding that this schedule shows.
    void send(const char* variant, const char* why, const char* outcome, const Schedule& schedule,
              bool shortest);

   private:
    struct Told {
        bool has_value = false;
        bool in_object = false;
        long offset = 0;
        std::uint64_t value = 0;
        std::uintptr_t locks[4] = {};  // held while stepping
        int lock_count = 0;
        std::uintptr_t calls[8] = {};
        int depth = 0;
    };
    static Reserved<Told> told_;
};

/// The word for a kind of step, as records use it.
const char* name_of(const Operation& step);

}  // namespace racepair::explorer
