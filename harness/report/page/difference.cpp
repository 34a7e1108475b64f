#include "difference.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string_view>

namespace racepair::report::page {
namespace {

constexpr std::size_t most_compared = 4'000'000;  // pairs of words

enum class Kind { word, sign, blank, comment };

struct Token {
    std::string_view text;
    Kind kind;
};

bool is_blank(char letter) { return std::isspace(static_cast<unsigned char>(letter)) != 0; }
bool is_of_word(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' ||
           (static_cast<unsigned char>(letter) & 0x80U) != 0;
}

std::size_t end_of(std::string_view text, std::string_view end, bool with_it) {
    const auto found = text.find(end);
    return found == std::string_view::npos ? text.size() : found + (with_it ? end.size() : 0);
}

Token first_token(std::string_view text) {
    const auto run = [&](auto belongs) {
        const auto end = std::find_if_not(text.begin(), text.end(), belongs);
        return text.substr(0, static_cast<std::size_t>(end - text.begin()));
    };
    if (text.starts_with("//")) return {text.substr(0, end_of(text, "\n", false)), Kind::comment};
    if (text.starts_with("/*")) return {text.substr(0, end_of(text, "*/", true)), Kind::comment};
    if (is_blank(text[0])) return {run(is_blank), Kind::blank};
    if (is_of_word(text[0])) return {run(is_of_word), Kind::word};
    return {text.substr(0, text.starts_with("::") || text.starts_with("++") ? 2 : 1), Kind::sign};
}

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    while (!text.empty()) {
        tokens.push_back(first_token(text));
        text.remove_prefix(tokens.back().text.size());
    }
    return tokens;
}

/// What is compared: words and signs, with one name for both texts' own.
std::vector<std::string_view> compared(const std::vector<Token>& tokens, std::string_view name) {
    std::vector<std::string_view> words;
    for (const auto& token : tokens)
        if (token.kind == Kind::word || token.kind == Kind::sign)
            words.push_back(token.text == name ? std::string_view() : token.text);
    return words;
}

/// For each word of `one`, whether a longest common subsequence holds it.
std::vector<bool> common_with(const std::vector<std::string_view>& one,
                              const std::vector<std::string_view>& other) {
    std::vector<bool> common(one.size(), true);
    if (one.size() * other.size() > most_compared) return common;
    const auto width = other.size() + 1;
    std::vector<std::uint16_t> longest((one.size() + 1) * width);  // of what is left of both
    const auto at = [&](std::size_t i, std::size_t j) -> std::uint16_t& {
        return longest[i * width + j];
    };
    for (std::size_t i = one.size(); i-- > 0;)
        for (std::size_t j = other.size(); j-- > 0;)
            at(i, j) = one[i] == other[j] ? static_cast<std::uint16_t>(at(i + 1, j + 1) + 1)
                                          : std::max(at(i + 1, j), at(i, j + 1));
    for (std::size_t i = 0, j = 0; i < one.size();) {
        if (j < other.size() && one[i] == other[j] && at(i, j) == at(i + 1, j + 1) + 1) {
            ++i, ++j;
        } else if (j < other.size() && at(i, j + 1) >= at(i + 1, j)) {
            ++j;
        } else {
            common[i++] = false;
        }
    }
    return common;
}

}  // namespace

std::vector<Piece> difference(const Source& one, const Source& other) {
    const auto tokens = tokens_of(one.text), others = tokens_of(other.text);
    const auto common = common_with(compared(tokens, one.name), compared(others, other.name));
    std::vector<Piece> pieces;
    std::size_t word = 0;
    for (const auto& token : tokens) {
        const bool is_compared = token.kind == Kind::word || token.kind == Kind::sign;
        const Piece piece{std::string(token.text), token.kind == Kind::comment,
                          is_compared && !common[word]};
        if (is_compared) ++word;
        if (!pieces.empty() && pieces.back().is_comment == piece.is_comment &&
            pieces.back().differs == piece.differs)
            pieces.back().text += piece.text;
        else
            pieces.push_back(piece);
    }
    // A blank between two marked words is marked with them, if it does not end the line.
    for (std::size_t i = 1; i + 1 < pieces.size();) {
        const bool is_gap = pieces[i - 1].differs && pieces[i + 1].differs &&
                            !pieces[i].is_comment &&
                            pieces[i].text.find('\n') == std::string::npos &&
                            std::all_of(pieces[i].text.begin(), pieces[i].text.end(), is_blank);
        if (!is_gap) {
            ++i;
            continue;
        }
        pieces[i - 1].text += pieces[i].text + pieces[i + 1].text;
        pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(i),
                     pieces.begin() + static_cast<std::ptrdiff_t>(i) + 2);
    }
    return pieces;
}

}  // namespace racepair::report::page
