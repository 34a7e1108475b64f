#include "github.hpp"

#include <fmt/format.h>

#include "../judge/clean_text.hpp"
#include "alert.hpp"

namespace racepair::report {
namespace {

/// The workflow's runner reads a line; what would end it, or a value in it, is escaped.
std::string escaped(const std::string& text, bool is_value) {
    std::string out;
    for (const char letter : judge::clean_text(text)) {
        const bool separates = is_value && (letter == ':' || letter == ',');
        if (letter == '%' || letter == '\n' || separates)
            out += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
        else
            out += letter;
    }
    return out;
}

}  // namespace

std::string github_of(const std::vector<judge::Result>& results, const std::string& folder) {
    std::string text;
    for (const auto& alert : alerts_of(results)) {
        const auto place = alert.place();
        text += "::error file=" + escaped(path_below(folder, place.file), true);
        if (place.line > 0) text += fmt::format(",line={}", place.line);
        text += fmt::format(
            ",title={}::{}\n", escaped(alert.rule + " in " + alert.result->name, true),
            escaped(judge::clip_text(alert.message(), 4000) +
                        "\nreproduce: " + judge::clip_text(alert.result->reproduce, 1000),
                    false));
    }
    return text;
}

}  // namespace racepair::report
