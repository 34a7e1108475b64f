#include "signature.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "place.hpp"

namespace racepair::judge {
namespace {

bool is_of_word(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

/// How many letters the sign of an operator function has, behind the word "operator"; 0 for a
/// conversion.
std::size_t length_of_operator(std::string_view behind) {
    // Of those that begin alike, the longest comes first.
    constexpr std::array<std::string_view, 41> signs = {
        "()", "[]", "<=>", "<<=", ">>=", "->*", "->",   "<<",     ">>", "<=", ">=",
        "==", "!=", "&&",  "||",  "++",  "--",  "+=",   "-=",     "*=", "/=", "%=",
        "^=", "&=", "|=",  "<",   ">",   "+",   "-",    "*",      "/",  "%",  "^",
        "&",  "|",  "~",   "!",   "=",   ",",   " new", " delete"};
    const auto found = std::find_if(signs.begin(), signs.end(),
                                    [&](const auto& sign) { return behind.starts_with(sign); });
    return found == signs.end() ? 0 : found->size();
}

/// The text without what stands in brackets.
std::string without_brackets(std::string_view text) {
    constexpr std::string_view word = "operator";
    std::string kept;
    int depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool begins_word = at == 0 || !is_of_word(text[at - 1]);
        if (begins_word && text.substr(at).starts_with(word)) {
            const auto length = word.size() + length_of_operator(text.substr(at + word.size()));
            if (depth == 0) kept += text.substr(at, length);
            at += length - 1;
            continue;
        }
        const char sign = text[at];
        // A minus before it makes it an arrow.
        const bool is_arrow = sign == '>' && at > 0 && text[at - 1] == '-';
        if (std::string_view("<({[").find(sign) != std::string_view::npos)
            ++depth;
        else if (std::string_view(">)}]").find(sign) != std::string_view::npos && !is_arrow)
            depth = std::max(0, depth - 1);
        else if (depth == 0)
            kept += sign;
    }
    return kept;
}

/// Is it known in one file alone, or in one function? Then clang tells its scope and gcc does not.
bool is_without_scope(const std::string& function) {
    constexpr std::array marks = {
        "'lambda",     "<lambda",   "{lambda",  "$_",       "(anonymous namespace)",
        "{anonymous}", "<unnamed>", "{unnamed", "'unnamed", ")::",
        ") const::"};
    return std::any_of(marks.begin(), marks.end(),
                       [&](const char* mark) { return function.find(mark) != std::string::npos; });
}

std::string text_of_place(const std::vector<Frame>& stack,
                          const std::map<std::string, std::string>& code) {
    const Frame* frame = culprit(stack);
    if (frame == nullptr) return "?";
    auto text =
        std::filesystem::path(frame->file).filename().string() + " " + plain_name(frame->function);
    if (!text.ends_with(" lambda")) return text;
    const auto line = code.find(fmt::format("{}:{}", frame->file, frame->line));
    return line == code.end() ? text : text + " `" + line->second + "`";
}

}  // namespace

std::string plain_name(const std::string& function) {
    auto name = without_brackets(function);
    // What stands behind the parameters.
    constexpr std::array<std::string_view, 6> suffixes = {" const", " volatile", " noexcept",
                                                          " &",     "&",         " "};
    const auto ends_with = [&](std::string_view suffix) { return name.ends_with(suffix); };
    for (auto found = suffixes.begin();
         (found = std::find_if(suffixes.begin(), suffixes.end(), ends_with)) != suffixes.end();)
        name.resize(name.size() - found->size());
    // What stands before the name: its type. "operator int" is one name.
    const auto conversion = name.find("operator ");
    const auto blank = conversion == 0                   ? std::string::npos
                       : conversion == std::string::npos ? name.rfind(' ')
                                                         : name.rfind(' ', conversion - 1);
    if (blank != std::string::npos) name.erase(0, blank + 1);
    // How a function of glibc's calls another one past what programs may put in its place.
    constexpr std::string_view internal = "__GI_";
    if (name.starts_with(internal)) name.erase(0, internal.size());
    if (is_without_scope(function)) {
        const auto scope = name.rfind("::");
        if (scope != std::string::npos) name.erase(0, scope + 2);
    }
    return name == "operator()" ? "lambda" : name;
}

std::string signature_of(const Report& report, const std::map<std::string, std::string>& code) {
    std::vector<std::string> places;
    for (const auto& access : report.accesses) places.push_back(text_of_place(access.stack, code));
    for (const auto& stack : report.stacks) places.push_back(text_of_place(stack, code));
    std::sort(places.begin(), places.end());
    return fmt::format("{}: {}", report.kind, fmt::join(places, " with "));
}

bool has_place(const Report& report) {
    const auto is_named = [](const std::vector<Frame>& stack) { return culprit(stack) != nullptr; };
    return std::any_of(report.accesses.begin(), report.accesses.end(),
                       [&](const Access& access) { return is_named(access.stack); }) ||
           std::any_of(report.stacks.begin(), report.stacks.end(), is_named);
}

std::string fingerprint_of(const std::string& text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const unsigned char byte : text) hash = (hash ^ byte) * 0x100000001b3;
    return fmt::format("{:016x}", hash);
}

}  // namespace racepair::judge
