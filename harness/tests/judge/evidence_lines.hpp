#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace racepair::judge {

using nlohmann::json;

// The records of a subject as a test wants them: a whole one of each kind, to be altered.

inline json subject_record() {
    return {{"record", "subject"},
            {"protocol", 1},
            {"program", "/build/cases"},
            {"compiler", "clang"},
            {"compiler_version", "14.0.6"},
            {"architecture", "x86-64"},
            {"flags", "-O1 -fsanitize=thread"},
            {"instrumented", true},
            {"optimised", true},
            {"runtime", "tsan"},
            {"reports_can_be_read", true},
            {"options", "report_bugs=1"},
            {"compiled_in_options", "history_size=2"},
            {"cpus_online", 4},
            {"cpus_allowed", 3}};
}

inline json case_record() {
    const json exception = {{"stance", "blind"},
                            {"detector", "plain"},
                            {"when", "one_cpu"},
                            {"why", "rare"},
                            {"at_most", 0.25}};
    const json racy = {{"name", "racy"},          {"type", "sample::Racy"},
                       {"kind", "racy"},          {"defect", "data_race"},
                       {"warned_line", "hits++"}, {"exceptions", {exception}}};
    const json fixed = {{"name", "fixed"},   {"type", "sample::Fixed"},
                        {"kind", "fixed"},   {"defect", "none"},
                        {"warned_line", ""}, {"exceptions", json::array()}};
    return {{"record", "case"},
            {"name", "counters.sample"},
            {"file", "/cases/sample.cpp"},
            {"line", 30},
            {"instrumented", true},
            {"optimised", true},
            {"lesson", "Updates vanish."},
            {"exercise", "Find them."},
            {"source", "seen in the wild"},
            {"threads", 50},
            {"rounds", 1000},
            {"at_most_trials", 7},
            {"may_hang", "locks"},
            {"expected", {"50000", "49999"}},
            {"interesting", {"0"}},
            {"exceptions", {exception}},
            {"variants", {racy, fixed}},
            {"explore_scope", {{"threads", 2}, {"rounds", 3}, {"expected", {"6"}}}}};
}

constexpr const char* sample = "counters.sample.racy";

inline json alone_record() {
    return {{"record", "alone"}, {"variant", sample}, {"outcome", "7"}, {"expected", {"7", "8"}}};
}

inline json entered_record(long long told = 3) {
    return {{"record", "entered"}, {"variant", sample}, {"trials", told}};
}

/// Trials of one outcome.
inline json trials_record(long long from, long long count, bool flagged = false,
                          const std::string& outcome = "17") {
    const json one = {{"outcome", outcome}, {"flagged", flagged}, {"count", count}};
    return {{"record", "trials"},
            {"variant", sample},
            {"from", from},
            {"count", count},
            {"outcomes", {one}}};
}

inline json frame_record() {
    return {{"function", "sample::Racy::add()"},
            {"file", "/cases/sample.cpp"},
            {"line", 14},
            {"pc", "0x5555"}};
}

inline json report_record() {
    const json access = {
        {"thread", 2},         {"write", true},     {"atomic", false},          {"size", 8},
        {"address", "0x7b04"}, {"in_object", true}, {"stack", {frame_record()}}};
    return {{"record", "report"},         {"kind", "data-race"},
            {"variant", sample},          {"trial", 1},
            {"accesses", {access}},       {"stacks", json::array({json::array({frame_record()})})},
            {"locations", json::array()}, {"threads", json::array()}};
}

/// A schedule of two threads, each of which takes one step.
inline json schedule_record() {
    const auto step = [](int thread, const char* operation, int value) {
        return json{{"thread", thread}, {"op", operation},    {"atomic", false},
                    {"pc", "0x1"},      {"calls", {"0x2"}},   {"object", "0x7b08"},
                    {"size", 8},        {"in_object", true},  {"offset", 8},
                    {"value", value},   {"locks", {"0x7b10"}}};
    };
    return {{"record", "schedule"},
            {"variant", sample},
            {"why", "wrong-outcome"},
            {"outcome", "17"},
            {"shortest", true},
            {"text", "rp1-1f-1.2-2.3"},
            {"switches", 1},
            {"threads", {{{"thread", 1}, {"parent", 0}}, {{"thread", 2}, {"parent", 0}}}},
            {"step_count", 2},
            {"steps", {step(1, "read", 0), step(2, "write", -1)}}};
}

/// An exploration of three schedules, all there are, with one outcome.
inline json explored_record() {
    return {{"record", "explored"},
            {"variant", sample},
            {"strategy", "dpor"},
            {"seed", 1},
            {"backend", "fibers"},
            {"executions", 3},
            {"exhausted", true},
            {"because", "all"},
            {"limit", ""},
            {"threads", 3},
            {"steps", 8},
            {"restarts", 1},
            {"first_seen", 2},
            {"outcomes", 1},
            {"spin_was_cut", false},
            {"blocked", 0},
            {"infeasible", 0},
            {"pending", 0}};
}

inline json finished_record(long long trials = 3) {
    return {{"record", "finished"},
            {"variant", sample},
            {"trials", trials},
            {"because", "trials"},
            {"microseconds", 1234}};
}

inline json trouble_record() { return {{"record", "trouble"}, {"what", "no room"}}; }
inline json bye_record() { return {{"record", "bye"}, {"what", ""}}; }

/// As they come through the pipe.
inline std::string bytes_of(const std::vector<json>& records) {
    std::string bytes;
    for (const auto& record : records) bytes += record.dump() + "\n";
    return bytes;
}

}  // namespace racepair::judge
