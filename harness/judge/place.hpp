#pragma once

#include <optional>
#include <string>

#include "evidence.hpp"

namespace racepair::judge {

/// The frame that is to blame for an access: the innermost one that is not of the standard library,
/// the C library or the detector's runtime. nullptr if no frame has a name.
const Frame* culprit(const std::vector<Frame>& stack);

/// Is the report about the case itself: an access within the variant's object, or made by a line of
/// the case's file?
bool is_of_case(const Report& report, const CaseInfo& info);

/// Is the report one that a program has to show: of that kind, and an access (or, where there is no
/// access, a stack) to be blamed on that function or on a line of that file? A function is named
/// with as many of its scopes as make it clear, without its parameters; a file with as many
/// folders.
bool is_sought(const Report& report, const SoughtReport& sought);

/// "plain_counter.cpp:14 in plain_counter::Racy::increment()".
std::string text_of(const Frame& frame);

/// "data-race: write of 8 bytes at a.cpp:14 in … by thread 2, read of 8 bytes at …".
std::string text_of(const Report& report);

/// A line of a source file, without the blanks around it; nothing if it cannot be read.
std::optional<std::string> line_of(const std::string& file, int line);

/// The first and the last line of a definition, counted from 1.
struct Lines {
    int first;
    int last;
};

/// Where in a source file `struct Name … };` stands, for a type as the source spells it; nothing if
/// it is not found.
std::optional<Lines> lines_of_definition(const std::string& file, const std::string& type);

/// The text of `struct Name … };` in a source file, for a type as the source spells it; nothing if
/// it is not found.
std::optional<std::string> definition_of(const std::string& file, const std::string& type);

}  // namespace racepair::judge
