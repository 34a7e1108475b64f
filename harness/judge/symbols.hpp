#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evidence.hpp"

namespace racepair::judge {

/// What a program's debug information says about its code and types. The explorer names none of its
/// frames: it would have to read that information while it holds the program's threads.
class Symbols {
   public:
    /// Of a program file. Where it has no such information, nothing gets a name.
    explicit Symbols(const std::string& program);
    ~Symbols();
    Symbols(const Symbols&) = delete;
    Symbols& operator=(const Symbols&) = delete;

    /// The frames at an address relative to the program's file, innermost first: more than one
    /// where a function was inlined. None if the address is not in the file.
    std::vector<Frame> frames_at(std::uint64_t address) const;

    /// The member of a type, as the source spells it with its namespace, that lies at this offset:
    /// "ops", "left.count". Nothing if the type or such a member is not known.
    std::optional<std::string> member_at(const std::string& type, std::uint64_t offset) const;

    /// Names the frames that have an address alone, and drops those that are not in the program's
    /// file.
    void name(std::vector<Frame>& stack) const;
    void name(Report& report) const;
    void name(ScheduleStory& story) const;

   private:
    struct Module;
    std::unique_ptr<Module> module_;
};

}  // namespace racepair::judge
