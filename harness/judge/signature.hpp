#pragma once

#include <map>
#include <string>

#include "evidence.hpp"

namespace racepair::judge {

/// A function's name without return type, parameters, template arguments and qualifiers:
/// "counters::Racy::visit". Where a compiler does not tell its scope, the last word alone: of what
/// involves a lambda, an unnamed namespace or another function's local type. A lambda is "lambda".
std::string plain_name(const std::string& function);

/// What a race is known by from run to run: its kind and, sorted, where in the user's own code its
/// accesses are made (see culprit()): the file's base name and the function. A lambda has no name,
/// so that the text of the line stands for it, where `code` (of a Result) has it. Free of
/// addresses, threads, columns, line numbers and order; the same whichever compiler built the
/// subject, as long as both name the same frame: a compiler that merges code names one less.
std::string signature_of(const Report& report, const std::map<std::string, std::string>& code);

/// Does a race have a place that it can be known by? Without one, its signature is that of any
/// other.
bool has_place(const Report& report);

/// 16 hexadecimal digits that stand for a text, the same everywhere (FNV-1a of 64 bits).
std::string fingerprint_of(const std::string& text);

}  // namespace racepair::judge
