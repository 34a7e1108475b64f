#pragma once

#include <string>

#include "console.hpp"

namespace racepair::report {

enum class Paint { red, green, yellow, bold, dim };

/// The text in a colour, where the style allows it.
inline std::string paint(const Style& style, Paint paint, const std::string& text) {
    if (!style.colour) return text;
    const char* code = "";
    switch (paint) {
        case Paint::red: code = "31"; break;
        case Paint::green: code = "32"; break;
        case Paint::yellow: code = "33"; break;
        case Paint::bold: code = "1"; break;
        case Paint::dim: code = "2"; break;
    }
    return std::string("\x1b[") + code + "m" + text + "\x1b[0m";
}

}  // namespace racepair::report
