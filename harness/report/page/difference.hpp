#pragma once

#include <string>
#include <vector>

namespace racepair::report::page {

/// A piece of source text. The pieces of a text, one after the other, are the text.
struct Piece {
    std::string text;
    bool is_comment = false;
    bool differs = false;
};

/// Source text, and its own name in it, which is no difference.
struct Source {
    std::string text;
    std::string name;
};

/// The pieces of `one`, those marked that a longest common subsequence with `other` leaves out.
/// Compares words and signs: neither blanks nor comments. Takes time and memory in proportion to
/// the product of the lengths; texts too long for that have no marks.
std::vector<Piece> difference(const Source& one, const Source& other);

}  // namespace racepair::report::page
