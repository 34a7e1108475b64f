#include "object_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <iterator>
#include <set>

#include "place.hpp"

namespace racepair::judge {
namespace {

using Words = std::set<std::string>;

bool is_keyword(const std::string& word) {
    constexpr std::array words = {
        "auto",   "bool",  "break",   "const",  "continue", "do",       "else",   "false",
        "for",    "if",    "int",     "long",   "new",      "return",   "std",    "static",
        "this",   "true",  "void",    "while",  "unsigned", "char",     "delete", "case",
        "struct", "using", "mutable", "double", "switch",   "namespace"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// The names in a line of code that are no keywords and no functions that it calls.
Words names_in(const std::string& code) {
    Words words;
    const auto text = code.substr(0, code.find("//"));
    for (std::size_t at = 0; at < text.size();) {
        const auto is_letter = [&](std::size_t i) {
            return i < text.size() &&
                   (std::isalnum(static_cast<unsigned char>(text[i])) != 0 || text[i] == '_');
        };
        if (!is_letter(at)) {
            ++at;
            continue;
        }
        const auto begin = at;
        while (is_letter(at)) ++at;
        const auto word = text.substr(begin, at - begin);
        const bool is_number = std::isdigit(static_cast<unsigned char>(word[0])) != 0;
        const bool is_call = at < text.size() && text[at] == '(';
        if (!is_number && !is_call && !is_keyword(word)) words.insert(word);
    }
    return words;
}

std::string code_of(const Step& step) {
    const Frame* frame = culprit(step.stack);
    return frame != nullptr ? line_of(frame->file, frame->line).value_or("") : "";
}

std::uint64_t address_of(const std::string& text) {
    std::uint64_t address = 0;
    if (text.starts_with("0x"))
        std::from_chars(text.data() + 2, text.data() + text.size(), address, 16);
    return address;
}

std::string name_of_member(const std::string& type, std::uint64_t offset, const Symbols& symbols) {
    if (auto member = symbols.member_at(type, offset)) return *member;
    return fmt::format("+{} in {}", offset, type.substr(type.rfind(':') + 1));
}

/// What all the lines have in common that access an object; "" unless that is one word.
std::string common_name(const ScheduleStory& story, const std::string& object) {
    std::optional<Words> common;
    for (const auto& step : story.steps) {
        if (step.object != object) continue;
        const auto words = names_in(code_of(step));
        if (!common) {
            common = words;
            continue;
        }
        Words both;
        std::set_intersection(common->begin(), common->end(), words.begin(), words.end(),
                              std::inserter(both, both.begin()));
        common = both;
    }
    return common && common->size() == 1 ? *common->begin() : "";
}

}  // namespace

void name_objects(ScheduleStory& story, const std::string& type, const Symbols& symbols) {
    std::uint64_t base = 0;
    for (const auto& step : story.steps)
        if (step.in_object)
            base = address_of(step.object) - static_cast<std::uint64_t>(step.offset);
    int unnamed = 0;
    for (const auto& step : story.steps) {
        auto& name = story.names[step.object];
        if (!name.empty()) continue;
        name = step.in_object
                   ? name_of_member(type, static_cast<std::uint64_t>(step.offset), symbols)
                   : common_name(story, step.object);
        if (name.empty()) name = fmt::format("object {}", ++unnamed);
    }
    // Locks that nobody competed for were taken without a step.
    for (const auto& step : story.steps)
        for (const auto& lock : step.locks) {
            if (story.names.contains(lock)) continue;
            const auto member =
                base != 0 ? symbols.member_at(type, address_of(lock) - base) : std::nullopt;
            story.names[lock] = member ? *member : fmt::format("object {}", ++unnamed);
        }
}

}  // namespace racepair::judge
