#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "result.hpp"

namespace racepair::judge {

/// An entry of a suppressions file of ThreadSanitizer: "race:pattern".
struct Suppression {
    int line = 0;  // in the file, from 1
    std::string type;
    std::string pattern;
    bool has_reason = false;  // a comment stands above it, or above the entries right above it
};

/// Something that is wrong with an entry, for people.
struct SuppressionFault {
    int line = 0;
    std::string entry;   // as it stands in the file
    std::string name;    // "too-broad", "stale", "no-reason", "silences-canary", "unreadable"
    std::string why;     // what it is and why it matters
    std::string remedy;  // what to do
};

/// Reads a suppressions file. Lines that the runtime would not take become faults. Throws
/// std::runtime_error for a file of valgrind's, which is of another kind.
std::vector<Suppression> read_suppressions(std::string_view text,
                                           std::vector<SuppressionFault>& faults);

/// Does a text match a pattern, as ThreadSanitizer means it: anywhere in the text, `*` for
/// anything,
/// `^` and `$` for its ends? Cost: at most the product of both lengths.
bool suppression_matches(std::string_view pattern, std::string_view text);

/// Does an entry silence a report? A race by any frame of its accesses, `race_top` by the innermost
/// one alone.
bool silences(const Suppression& suppression, const Report& report);

/// What is wrong with the entries, in the order of their lines. `results` are what they are held
/// against: an entry that silences nothing of it is stale.
std::vector<SuppressionFault> faults_of(const std::vector<Suppression>& suppressions,
                                        const std::vector<Result>& results);

}  // namespace racepair::judge
