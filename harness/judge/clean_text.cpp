#include "clean_text.hpp"

#include <fmt/format.h>

namespace racepair::judge {
namespace {

/// How many bytes the letter of UTF-8 at the beginning has that may be shown; 0 if there is none.
std::size_t length_of_letter(std::string_view text) {
    const auto byte = [&](std::size_t at) {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    const auto follows = [&](std::size_t at) { return (byte(at) & 0xC0U) == 0x80U; };
    const auto first = byte(0);
    if (first == '\t' || first == '\n') return 1;
    if (first < 0x80) return first < 0x20 || first == 0x7F ? 0 : 1;
    // U+0080 to U+009F are control characters too, and C0 and C1 begin no letter.
    if (first < 0xE0)
        return first >= 0xC2 && follows(1) && !(first == 0xC2 && byte(1) < 0xA0) ? 2 : 0;
    if (first < 0xF0) {
        if (!follows(1) || !follows(2)) return 0;
        const bool too_long = first == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = first == 0xED && byte(1) >= 0xA0;
        const bool no_character = first == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE;
        return too_long || surrogate || no_character ? 0 : 3;
    }
    if (first > 0xF4 || !follows(1) || !follows(2) || !follows(3)) return 0;
    const bool too_long = first == 0xF0 && byte(1) < 0x90;
    const bool too_large = first == 0xF4 && byte(1) >= 0x90;
    return too_long || too_large ? 0 : 4;
}

bool is_inside_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

std::string clean_text(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const auto length = length_of_letter(text);
        clean += length > 0 ? text.substr(0, length) : "\xEF\xBF\xBD";
        text.remove_prefix(length > 0 ? length : 1);
    }
    return clean;
}

std::string clip_text(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    std::size_t head = most / 2, tail = text.size() - most / 2;
    while (head > 0 && is_inside_letter(text[head])) --head;
    while (tail < text.size() && is_inside_letter(text[tail])) ++tail;
    return fmt::format("{} [… {} bytes left out …] {}", text.substr(0, head), tail - head,
                       text.substr(tail));
}

}  // namespace racepair::judge
