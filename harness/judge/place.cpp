#include "place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace racepair::judge {
namespace {

namespace fs = std::filesystem;

bool is_of_library(const Frame& frame) {
    constexpr std::array installed = {"/include/c++/", "/usr/include/", "/lib/gcc/"};
    // How the C library and the runtimes name their own sources: by the place where the
    // distribution built them.
    constexpr std::array built = {"./nptl/",
                                  "./csu/",
                                  "../sysdeps/",
                                  "../nptl/",
                                  "../../../../src/libsanitizer/",
                                  "../projects/compiler-rt/",
                                  "./build-llvm/"};
    if (frame.file.empty() || frame.file[0] == '<') return true;  // no name: "<null>" or nothing
    return std::any_of(
               installed.begin(), installed.end(),
               [&](const char* part) { return frame.file.find(part) != std::string::npos; }) ||
           std::any_of(built.begin(), built.end(),
                       [&](const char* begin) { return frame.file.starts_with(begin); }) ||
           frame.file.find("/compiler-rt/lib/") != std::string::npos;
}

bool is_same_file(const std::string& a, const std::string& b) {
    return fs::path(a).lexically_normal() == fs::path(b).lexically_normal();
}

std::string base_name(const std::string& file) { return fs::path(file).filename(); }

/// The place behind a comment or literal that begins at `at`, or `at` if none does.
std::size_t skip_comment_or_literal(const std::string& text, std::size_t at) {
    const auto behind = [&](const char* end) {
        const auto found = text.find(end, at + 1);
        return found == std::string::npos ? text.size() : found + std::strlen(end);
    };
    if (text.compare(at, 2, "//") == 0) return behind("\n");
    if (text.compare(at, 2, "/*") == 0) return behind("*/");
    const bool separates_digits =
        at > 0 && std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0;
    if (text[at] != '"' && (text[at] != '\'' || separates_digits)) return at;
    std::size_t end = at + 1;
    while (end < text.size() && text[end] != text[at]) end += text[end] == '\\' ? 2 : 1;
    return std::min(end + 1, text.size());
}

/// The place behind the `};` of a definition whose `struct` is at `begin` and whose name ends at
/// `at`; nothing if that is no definition but a declaration, a comment or part of another name.
std::optional<std::size_t> end_of_definition(const std::string& text, std::size_t begin,
                                             std::size_t at) {
    const auto line =
        text.substr(text.rfind('\n', begin) + 1, begin - (text.rfind('\n', begin) + 1));
    const bool is_word = line.empty() || line.back() == ' ' || line.back() == '\t';
    if (!is_word || line.find("//") != std::string::npos) return std::nullopt;
    if (at >= text.size() || std::string_view(" \n:{").find(text[at]) == std::string_view::npos)
        return std::nullopt;
    for (int depth = 0; at < text.size();) {
        if (const auto next = skip_comment_or_literal(text, at); next != at) {
            at = next;
            continue;
        }
        const char sign = text[at++];
        if (sign == '{') ++depth;
        if (sign == '}') --depth;
        if (sign == ';' && depth == 0)
            return text[at - 2] == '}' ? std::optional(at) : std::nullopt;
        if (sign == '(' && depth == 0) return std::nullopt;  // `struct Name *make()`: a function
    }
    return std::nullopt;
}

std::string text_of(const Access& access) {
    const Frame* frame = culprit(access.stack);
    return fmt::format("{}{} of {} byte{} by thread {} at {}", access.atomic ? "atomic " : "",
                       access.write ? "write" : "read", access.size, access.size == 1 ? "" : "s",
                       access.thread,
                       frame != nullptr ? text_of(*frame) : access.address + " (no symbols)");
}

/// "a::b::c" of "a::b<int>::c(int) const".
std::string plain_name(const std::string& function) {
    std::string name = function;
    int depth = 0;
    for (std::size_t at = name.rfind(')'); at > 0 && at < name.size(); --at) {
        if (name[at] == ')') ++depth;
        if (name[at] != '(' || --depth > 0) continue;
        name.erase(at);
        break;
    }
    if (name.find("operator") != std::string::npos) return name;
    std::string without_arguments;
    depth = 0;
    for (const char letter : name) {
        if (letter == '<') ++depth;
        if (depth == 0) without_arguments += letter;
        if (letter == '>') --depth;
    }
    return without_arguments;
}

}  // namespace

const Frame* culprit(const std::vector<Frame>& stack) {
    const auto found = std::find_if(stack.begin(), stack.end(),
                                    [](const Frame& frame) { return !is_of_library(frame); });
    return found == stack.end() ? nullptr : &*found;
}

bool is_of_case(const Report& report, const CaseInfo& info) {
    const auto made_by_case = [&](const std::vector<Frame>& stack) {
        const Frame* frame = culprit(stack);
        return frame != nullptr && is_same_file(frame->file, info.file);
    };
    return std::any_of(report.accesses.begin(), report.accesses.end(),
                       [&](const Access& access) {
                           return access.in_object || made_by_case(access.stack);
                       }) ||
           std::any_of(report.stacks.begin(), report.stacks.end(), made_by_case);
}

bool is_sought(const Report& report, const SoughtReport& sought) {
    // "a::b::c(int)" is named by "c", "b::c" and "a::b::c"; a file by the end of its path.
    const auto is_end_of = [&](std::string_view whole, std::string_view separator) {
        if (!whole.ends_with(sought.place)) return false;
        whole.remove_suffix(sought.place.size());
        return whole.empty() || whole.ends_with(separator) || whole.ends_with(' ');
    };
    const auto is_there = [&](const std::vector<Frame>& stack) {
        const Frame* frame = culprit(stack);
        return frame != nullptr &&
               (is_end_of(plain_name(frame->function), "::") || is_end_of(frame->file, "/"));
    };
    return report.kind == sought.kind &&
           (std::any_of(report.accesses.begin(), report.accesses.end(),
                        [&](const Access& access) { return is_there(access.stack); }) ||
            std::any_of(report.stacks.begin(), report.stacks.end(), is_there));
}

std::string text_of(const Frame& frame) {
    return fmt::format("{}:{} in {}", base_name(frame.file), frame.line, frame.function);
}

std::string text_of(const Report& report) {
    std::string text = report.kind;
    const char* between = ": ";
    for (const auto& access : report.accesses) {
        text += between + text_of(access);
        between = ", ";
    }
    for (const auto& stack : report.stacks)
        if (const Frame* frame = culprit(stack)) {
            text += between + ("at " + text_of(*frame));
            between = ", ";
        }
    return text;
}

std::optional<std::string> line_of(const std::string& file, int line) {
    std::ifstream in(file);
    std::string text;
    for (int number = 1; std::getline(in, text); ++number)
        if (number == line) {
            const auto begin = text.find_first_not_of(" \t");
            return begin == std::string::npos
                       ? ""
                       : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
        }
    return std::nullopt;
}

namespace {

/// Where in the text the definition of a type begins, and where it ends.
std::optional<std::pair<std::size_t, std::size_t>> find_definition(const std::string& text,
                                                                   const std::string& type) {
    const std::string without_arguments = type.substr(0, type.find('<'));
    const std::string name =
        without_arguments.substr(without_arguments.rfind(':') + 1);  // npos + 1 is 0
    for (const std::string word : {"struct ", "class "})
        for (auto begin = text.find(word + name); begin != std::string::npos;
             begin = text.find(word + name, begin + 1))
            if (const auto end = end_of_definition(text, begin, begin + word.size() + name.size()))
                return std::pair(begin, *end);
    return std::nullopt;
}

std::string text_of_file(const std::string& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::optional<std::string> definition_of(const std::string& file, const std::string& type) {
    const auto text = text_of_file(file);
    const auto found = find_definition(text, type);
    if (!found) return std::nullopt;
    return text.substr(found->first, found->second - found->first);
}

std::optional<Lines> lines_of_definition(const std::string& file, const std::string& type) {
    const auto text = text_of_file(file);
    const auto found = find_definition(text, type);
    if (!found) return std::nullopt;
    const auto line_at = [&](std::size_t place) {
        const auto end = text.begin() + static_cast<std::ptrdiff_t>(place);
        return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
    };
    return Lines{line_at(found->first), line_at(found->second - 1)};
}

}  // namespace racepair::judge
