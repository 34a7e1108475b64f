#include "place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace racepair::judge {
namespace {

namespace fs = std::filesystem;

bool is_of_library(const Frame& frame) {
    constexpr std::array parts = {"/include/c++/", "/usr/include/", "/lib/gcc/", "/compiler-rt/", "libsanitizer/",
                                  "/glibc", "sanitizer_common", "/nptl/", "/sysdeps/"};
    if (frame.file.empty() || frame.file[0] == '<') return true;  // no name: "<null>" or nothing
    return std::any_of(parts.begin(), parts.end(),
                       [&](const char* part) { return frame.file.find(part) != std::string::npos; });
}

bool is_same_file(const std::string& a, const std::string& b) {
    return fs::path(a).lexically_normal() == fs::path(b).lexically_normal();
}

std::string base_name(const std::string& file) { return fs::path(file).filename(); }

std::string text_of(const Access& access) {
    const Frame* frame = culprit(access.stack);
    return fmt::format("{}{} of {} byte{} by thread {} at {}", access.atomic ? "atomic " : "",
                       access.write ? "write" : "read", access.size, access.size == 1 ? "" : "s", access.thread,
                       frame != nullptr ? text_of(*frame) : access.address + " (no symbols)");
}

}  // namespace

const Frame* culprit(const std::vector<Frame>& stack) {
    const auto found = std::find_if(stack.begin(), stack.end(), [](const Frame& frame) { return !is_of_library(frame); });
    return found == stack.end() ? nullptr : &*found;
}

bool is_of_case(const Report& report, const CaseInfo& info) {
    const auto made_by_case = [&](const std::vector<Frame>& stack) {
        const Frame* frame = culprit(stack);
        return frame != nullptr && is_same_file(frame->file, info.file);
    };
    return std::any_of(report.accesses.begin(), report.accesses.end(),
                       [&](const Access& access) { return access.in_object || made_by_case(access.stack); }) ||
           std::any_of(report.stacks.begin(), report.stacks.end(), made_by_case);
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
            return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
        }
    return std::nullopt;
}

std::optional<std::string> definition_of(const std::string& file, const std::string& type) {
    std::ifstream in(file);
    std::stringstream whole;
    if (!(whole << in.rdbuf())) return std::nullopt;
    const std::string text = whole.str();
    const std::string name = type.substr(type.rfind(':') == std::string::npos ? 0 : type.rfind(':') + 1);
    for (const std::string word : {"struct ", "class "}) {
        const auto begin = text.find(word + name + " ");
        if (begin == std::string::npos) continue;
        const auto end = text.find("\n};", begin);
        if (end != std::string::npos) return text.substr(begin, end + 3 - begin);
    }
    return std::nullopt;
}

}  // namespace racepair::judge
