#pragma once

#include <algorithm>
#include <string>

namespace racepair::report {

/// How many columns UTF-8 text takes, for the letters and signs used here.
inline std::size_t columns_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

/// The text in exactly so many columns, on one line; what is cut off is marked.
inline std::string fit(std::string text, std::size_t width) {
    // A control character is one column for the judge and anything at all for a terminal.
    std::replace_if(
        text.begin(), text.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; },
        ' ');
    const auto has = columns_of(text);
    if (has <= width) return text + std::string(width - has, ' ');
    if (width == 0) return "";
    std::size_t end = 0;
    for (std::size_t used = 0; end < text.size(); ++end) {
        if ((text[end] & 0xC0) == 0x80) continue;
        if (used++ == width - 1) break;
    }
    return text.substr(0, end) + "…";
}

/// Without the blanks at its end.
inline std::string trimmed(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

}  // namespace racepair::report
