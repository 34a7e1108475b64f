#include "forgery.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace lying {
namespace {

const std::string subject =
    R"({"record":"subject","protocol":1,"program":"forger","compiler":"clang","compiler_version":"14.0.6",)"
    R"("architecture":"x86-64","flags":"-fsanitize=thread","instrumented":true,"optimised":true,"runtime":"tsan",)"
    R"("reports_can_be_read":true,"options":"","compiled_in_options":"","cpus_online":2,"cpus_allowed":2})"
    "\n";

const std::string bye = R"({"record":"bye","what":""})"
                        "\n";

std::string file_of(const std::string& name) { return "/forged/" + name + ".cpp"; }

std::string a_case(const std::string& name) {
    return R"({"record":"case","name":")" + name + R"(","file":")" + file_of(name) +
           R"(","line":9,"instrumented":true,"optimised":true,"lesson":"","exercise":"",)"
           R"("source":"","threads":2,"rounds":1,"at_most_trials":0,"may_hang":"",)"
           R"("expected":["2"],"interesting":[],"exceptions":[],"variants":[)"
           R"({"name":"racy","type":"Racy","kind":"racy","defect":"data_race","warned_line":"","exceptions":[]},)"
           R"({"name":"fixed","type":"Fixed","kind":"fixed","defect":"none","warned_line":"","exceptions":[]}],)"
           R"("explore_scope":{"threads":2,"rounds":2,"expected":["2"]}})"
           "\n";
}

std::string access(const std::string& file, int thread) {
    return R"({"thread":)" + std::to_string(thread) +
           R"(,"write":true,"atomic":false,"size":4,"address":"0x7b04","in_object":true,"stack":[)"
           R"({"function":"Racy::visit","file":")" +
           file + R"(","line":5,"pc":"0x4d1"}]})";
}

std::string report(const std::string& file, const std::string& variant) {
    return R"({"record":"report","kind":"data-race","variant":")" + variant +
           R"(","trial":0,"accesses":[)" + access(file, 1) + "," + access(file, 2) +
           R"(],"stacks":[]})" + "\n";
}

/// All that one variant leaves.
std::string a_run(const std::string& variant, long long trials) {
    const auto end = variant.rfind('.');
    const bool racy = variant.substr(end + 1) == "racy";
    const auto of_variant = R"(,"variant":")" + variant + R"(")";
    const auto number = std::to_string(trials);
    std::string lines = R"({"record":"entered")" + of_variant + R"(,"trials":)" + number + "}\n";
    if (racy) lines += report(file_of(variant.substr(0, end)), variant);
    lines += R"({"record":"trials")" + of_variant + R"(,"from":0,"count":)" + number +
             R"(,"outcomes":[{"outcome":")" + (racy ? "1" : "2") + R"(","flagged":)" +
             (racy ? "true" : "false") + R"(,"count":)" + number + "}]}\n";
    return lines + R"({"record":"finished")" + of_variant + R"(,"trials":)" + number +
           R"(,"because":"trials","microseconds":7})" + "\n";
}

void write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = write(descriptor, text.data(), text.size());
        if (written <= 0) _exit(99);
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

[[noreturn]] void not_a_lie(std::string_view text) {
    std::fprintf(stderr, "forger: the honest evidence does not contain %s\n",
                 std::string(text).c_str());
    _exit(98);
}

}  // namespace

Forgery::Forgery(const std::vector<std::string>& cases)
    : evidence_(subject + a_case("racepair.canary")) {
    for (const auto& name : cases) evidence_ += a_case(name);
    evidence_ += bye;
}

void Forgery::add_run(const std::string& variant, long long trials) {
    evidence_.resize(evidence_.size() - bye.size());
    evidence_ += a_run("racepair.canary.racy", 1) + a_run("racepair.canary.fixed", 1);
    evidence_ += R"({"record":"alone","variant":")" + variant +
                 R"(","outcome":"1","expected":["1"]})" + "\n";
    evidence_ += a_run(variant, trials) + bye;
}

void Forgery::replace(std::string_view from, const std::string& to) {
    auto at = evidence_.find(from);
    if (at == std::string::npos) not_a_lie(from);
    for (; at != std::string::npos; at = evidence_.find(from, at + to.size()))
        evidence_.replace(at, from.size(), to);
}

void Forgery::drop(std::string_view part) {
    auto at = evidence_.find(part);
    if (at == std::string::npos) not_a_lie(part);
    for (; at != std::string::npos; at = evidence_.find(part)) {
        const auto begin = evidence_.rfind('\n', at) + 1;
        evidence_.erase(begin, evidence_.find('\n', at) + 1 - begin);
    }
}

void Forgery::insert(const std::string& line) {
    evidence_.insert(evidence_.size() - bye.size(), line + "\n");
}

void Forgery::leave_no_evidence() { evidence_.clear(); }

void Forgery::cut(std::size_t bytes) { evidence_.resize(evidence_.size() - 1 - bytes); }

void Forgery::utter() const {
    write_all(evidence_descriptor(), evidence_);
    write_all(STDERR_FILENO, log_);
    _exit(status_);
}

int evidence_descriptor() {
    const char* number = std::getenv("RACEPAIR_EVIDENCE_FD");
    if (number == nullptr) _exit(96);
    return std::atoi(number);
}

}  // namespace lying
