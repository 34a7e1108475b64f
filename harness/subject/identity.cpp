#include "identity.hpp"

#include <sched.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

#include "canary.hpp"
#include "channel.hpp"
#include "json_line.hpp"
#include "racepair/case.hpp"
#include "report_hook.hpp"

#ifndef RACEPAIR_COMPILE_FLAGS
#define RACEPAIR_COMPILE_FLAGS ""
#endif

namespace racepair::subject {
namespace {

constexpr unsigned long line_size = 64 * 1024;

const char* compiler_family() {
#if defined(__clang__)
    return "clang";
#elif defined(__GNUC__)
    return "gcc";
#else
    return "unknown";
#endif
}

std::string compiler_version() {
#if defined(__clang__)
    return std::to_string(__clang_major__) + "." + std::to_string(__clang_minor__) + "." +
           std::to_string(__clang_patchlevel__);
#elif defined(__GNUC__)
    return std::to_string(__GNUC__) + "." + std::to_string(__GNUC_MINOR__) + "." +
           std::to_string(__GNUC_PATCHLEVEL__);
#else
    return "";
#endif
}

const char* architecture() {
#if defined(__x86_64__)
    return "x86-64";
#elif defined(__aarch64__)
    return "AArch64";
#else
    return "other";
#endif
}

int cpus_allowed() {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    return sched_getaffinity(0, sizeof allowed, &allowed) == 0
               ? CPU_COUNT(&allowed)
               : static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
}

const char* text_of(Kind kind) {
    switch (kind) {
        case Kind::racy: return "racy";
        case Kind::wrong_fix: return "wrong_fix";
        case Kind::fixed: return "fixed";
    }
    return "";
}

const char* text_of(Defect defect) {
    switch (defect) {
        case Defect::none: return "none";
        case Defect::data_race: return "data_race";
        case Defect::race_condition: return "race_condition";
        case Defect::lifetime: return "lifetime";
        case Defect::lock_order: return "lock_order";
        case Defect::lock_misuse: return "lock_misuse";
        case Defect::weak_memory: return "weak_memory";
    }
    return "";
}

const char* text_of(When when) {
    switch (when) {
        case When::always: return "always";
        case When::optimised: return "optimised";
        case When::one_cpu: return "one_cpu";
        case When::optimised_on_one_cpu: return "optimised_on_one_cpu";
    }
    return "";
}

const char* text_of(Stance stance) { return stance == Stance::blind ? "blind" : "false_alarm"; }

void text(JsonLine& line, const char* key, const std::string& value) {
    line.key(key).text(value.data(), value.size());
}

void exceptions(JsonLine& line, const std::vector<Exception>& all) {
    line.key("exceptions").begin_array();
    for (const auto& exception : all) {
        line.begin_object().key("stance").text(text_of(exception.stance));
        text(line, "detector", exception.detector);
        line.key("when").text(text_of(exception.when));
        text(line, "why", exception.why);
        line.key("at_most").millionths(static_cast<long long>(exception.at_most * 1e6));
        line.end_object();
    }
    line.end_array();
}

void outcomes(JsonLine& line, const CaseEntry& entry, Scope scope) {
    line.key("expected").begin_array();
    if (entry.expected)
        for (const auto& outcome : entry.expected(scope)) line.text(outcome.data(), outcome.size());
    line.end_array();
}

}  // namespace

void send_identity(const std::string& program) {
    std::vector<char> buffer(line_size);
    const char* options = std::getenv("TSAN_OPTIONS");
    JsonLine line(buffer.data(), buffer.size());
    line.record("subject").key("protocol").number(1);
    text(line, "program", program);
    line.key("compiler").text(compiler_family());
    text(line, "compiler_version", compiler_version());
    line.key("architecture").text(architecture());
    line.key("flags").text(RACEPAIR_COMPILE_FLAGS);
    line.key("instrumented")
        .boolean(RACEPAIR_INSTRUMENTED)
        .key("optimised")
        .boolean(RACEPAIR_OPTIMISED);
#if RACEPAIR_EXPLORER
    line.key("runtime").text("explorer");
#else
    line.key("runtime").text(thread_sanitizer_is_linked() ? "tsan" : "");
#endif
    line.key("reports_can_be_read").boolean(reports_can_be_read());
    line.key("options").text(options != nullptr ? options : "");
    line.key("compiled_in_options").text(compiled_in_options());
    line.key("cpus_online")
        .number(sysconf(_SC_NPROCESSORS_ONLN))
        .key("cpus_allowed")
        .number(cpus_allowed());
    send(line.end());
}

void send_cases(const Scope* explored) {
    std::vector<char> buffer(line_size);
    for (const auto& entry : registered_cases()) {
        JsonLine line(buffer.data(), buffer.size());
        line.record("case");
        text(line, "name", entry.name);
        text(line, "file", entry.file);
        line.key("line").number(entry.line);
        line.key("instrumented")
            .boolean(entry.instrumented)
            .key("optimised")
            .boolean(entry.optimised);
        text(line, "lesson", entry.lesson);
        text(line, "exercise", entry.exercise);
        text(line, "source", entry.source);
        line.key("threads").number(entry.scope.threads).key("rounds").number(entry.scope.rounds);
        line.key("at_most_trials").number(entry.at_most_trials);
        text(line, "may_hang", entry.may_hang);
        outcomes(line, entry, entry.scope);
        line.key("interesting").begin_array();
        for (const auto& outcome : entry.interesting) line.text(outcome.data(), outcome.size());
        line.end_array();
        exceptions(line, entry.exceptions);
        line.key("variants").begin_array();
        for (const auto& variant : entry.variants) {
            line.begin_object();
            text(line, "name", variant.name);
            text(line, "type", variant.type);
            line.key("kind")
                .text(text_of(variant.kind))
                .key("defect")
                .text(text_of(variant.defect));
            text(line, "warned_line", variant.warned_line);
            exceptions(line, variant.exceptions);
            line.end_object();
        }
        line.end_array();
        const Scope scope = explored != nullptr ? *explored : entry.explore_scope;
        line.key("explore_scope").begin_object();
        line.key("threads").number(scope.threads).key("rounds").number(scope.rounds);
        outcomes(line, entry, scope);
        send(line.end_object().end());
    }
}

}  // namespace racepair::subject
