#include "valgrind_xml.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <pugixml.hpp>
#include <utility>

namespace racepair::judge {
namespace {

/// A kind as racepair names it; one that is not known keeps its name.
std::string kind_of(const std::string& told) {
    constexpr std::array<std::pair<const char*, const char*>, 15> known = {{
        {"Race", "data-race"},
        {"ConflictingAccess", "data-race"},
        {"LockOrder", "lock-order-inversion"},
        {"UnlockUnlocked", "mutex-misuse"},
        {"UnlockForeign", "mutex-misuse"},
        {"UnlockBogus", "mutex-misuse"},
        {"MutexErr", "mutex-misuse"},
        {"RwlockErr", "mutex-misuse"},
        {"CondErr", "condition-misuse"},
        {"CondRaceErr", "condition-misuse"},
        {"CondDestrErr", "condition-misuse"},
        {"SemaphoreErr", "semaphore-misuse"},
        {"BarrierErr", "barrier-misuse"},
        {"PthAPIerror", "thread-api-misuse"},
        {"GenericErr", "thread-api-misuse"},
    }};
    for (const auto& [name, kind] : known)
        if (told == name) return kind;
    return told;
}

/// Helgrind gives one name to all misuses of threads' objects that it has no other name for; its
/// sentence says which object it is.
std::string kind_of_misuse(const std::string& sentence) {
    constexpr std::array<std::pair<const char*, const char*>, 6> objects = {{
        {"pthread_cond", "condition-misuse"},
        {"cond var", "condition-misuse"},
        {"barrier", "barrier-misuse"},
        {"semaphore", "semaphore-misuse"},
        {"mutex", "mutex-misuse"},
        {"lock", "mutex-misuse"},
    }};
    for (const auto& [word, kind] : objects)
        if (sentence.find(word) != std::string::npos) return kind;
    return "Misc";
}

std::vector<Frame> stack_of(const pugi::xml_node& stack) {
    std::vector<Frame> frames;
    for (const auto& told : stack.children("frame")) {
        Frame frame;
        frame.function = told.child_value("fn");
        frame.file = told.child_value("file");
        if (const std::string folder = told.child_value("dir"); !folder.empty())
            frame.file = folder + "/" + frame.file;
        frame.line = std::atoi(told.child_value("line"));
        frame.pc = told.child_value("ip");
        frames.push_back(std::move(frame));
    }
    return frames;
}

/// The word behind another one: "4" behind "size ".
std::string word_behind(const std::string& text, const std::string& before) {
    const auto at = text.find(before);
    if (at == std::string::npos) return "";
    const auto begin = at + before.size();
    return text.substr(begin, text.find_first_of(" \n,", begin) - begin);
}

bool holds(const std::string& text, const char* word) {
    return text.find(word) != std::string::npos;
}

/// Both tools tell an access in a sentence: "write of size 4 at 0x… by thread #3", "store by thread
/// 3 at 0x… size 4".
Access access_of(const std::string& text, const pugi::xml_node& stack) {
    Access access;
    access.write = holds(text, "write of size") || holds(text, "store by thread");
    access.size =
        std::atoi(word_behind(text, holds(text, "of size ") ? "of size " : "size ").c_str());
    access.address = word_behind(text, " at ");
    auto thread = word_behind(text, "by thread ");
    if (thread.starts_with('#')) thread.erase(0, 1);
    access.thread = std::atoi(thread.c_str());
    access.stack = stack_of(stack);
    return access;
}

bool is_access(const std::string& text) {
    return holds(text, "read of size") || holds(text, "write of size") ||
           holds(text, "Conflicting load by") || holds(text, "Conflicting store by");
}

/// The sentences of an error, in what, xwhat, auxwhat and xauxwhat, each with the stack that
/// follows it.
Report report_of(const pugi::xml_node& error) {
    Report report;
    report.kind = kind_of(error.child_value("kind"));
    std::string sentence;
    for (const auto& part : error.children()) {
        const std::string name = part.name();
        if (name.ends_with("what")) {
            sentence = name.starts_with('x') ? part.child_value("text") : part.child_value();
            if (report.what.empty()) report.what = sentence;
        } else if (name == "stack") {
            if (is_access(sentence))
                report.accesses.push_back(access_of(sentence, part));
            else if (report.kind != "data-race")  // of a race, that is where the memory came from
                report.stacks.push_back(stack_of(part));
            sentence.clear();
        }
    }
    if (report.kind == "Misc") report.kind = kind_of_misuse(report.what);
    if (report.accesses.empty()) return report;
    // The sentence about the other access leaves out what is the same.
    for (auto& access : report.accesses)
        if (access.address.empty()) access.address = report.accesses.front().address;
    report.what.clear();
    return report;
}

}  // namespace

ValgrindOutput read_valgrind(std::string_view xml) {
    ValgrindOutput output;
    pugi::xml_document document;
    const auto parsed = document.load_buffer(xml.data(), xml.size());
    const auto root = document.child("valgrindoutput");
    // What was read before the document broke off stays readable.
    for (const auto& error : root.children("error")) output.reports.push_back(report_of(error));
    if (!parsed)
        output.fault = "valgrind's XML breaks off: " + std::string(parsed.description());
    else if (!root || std::string_view(root.child_value("protocolversion")) != "4")
        output.fault = "this is not the XML of valgrind, protocol 4";
    else if (std::any_of(output.reports.begin(), output.reports.end(),
                         [](const Report& report) { return report.kind.empty(); }))
        output.fault = "an error in valgrind's XML does not say of which kind it is";
    return output;
}

}  // namespace racepair::judge
