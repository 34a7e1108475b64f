#include "markup.hpp"

#include "../../judge/clean_text.hpp"

namespace racepair::report::page {
namespace {

/// A mark that turns the direction of writing: text behind it is shown in another order than it
/// has. U+202A to U+202E and U+2066 to U+2069.
bool turns_direction(std::string_view text) {
    const auto last = text.size() < 3 ? 0U : static_cast<unsigned char>(text[2]);
    return (text.starts_with("\xE2\x80") && last >= 0xAA && last <= 0xAE) ||
           (text.starts_with("\xE2\x81") && last >= 0xA6 && last <= 0xA9);
}

}  // namespace

std::string escaped(std::string_view text) {
    const auto clean = judge::clean_text(text);
    std::string out;
    out.reserve(clean.size() + clean.size() / 8);
    for (std::size_t i = 0; i < clean.size(); ++i) {
        switch (clean[i]) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default:
                if (turns_direction(std::string_view(clean).substr(i))) {
                    out += "\xEF\xBF\xBD";
                    i += 2;
                } else {
                    out += clean[i];
                }
        }
    }
    return out;
}

std::string escaped(std::string_view text, std::size_t most) {
    return escaped(judge::clip_text(text, most));
}

}  // namespace racepair::report::page
