#include "lies.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>

namespace lying {
namespace {

const std::string magic_line =
    "==================\nWARNING: ThreadSanitizer: data race (pid=4711)\n";

/// As clang 14 prints it with vm.mmap_rnd_bits=32, before main and before any evidence.
const std::string cannot_start =
    "FATAL: ThreadSanitizer: unexpected memory mapping 0x5653d1e8c000-0x5653d1eb1000\n";

std::string field(const std::string& name, const std::string& value) {
    return "\"" + name + "\":" + value;
}

void deny_all(Forgery& forgery) { forgery.leave_no_evidence(); }

/// Evidence in perfect order of a racy variant that nobody flagged; what follows should not help
/// it.
void hide_race(Forgery& forgery, const Occasion& about) {
    forgery.drop(R"("kind":"data-race","variant":")" + about.variant);
    forgery.replace(
        about.variant + R"(","from":0,"count":10,"outcomes":[{"outcome":"1","flagged":true)",
        about.variant + R"(","from":0,"count":10,"outcomes":[{"outcome":"2","flagged":false)");
}

/// Until somebody puts an end to it.
[[noreturn]] void flood(Forgery&, const Occasion&) {
    const std::string wave = std::string(1 << 20, '{') + "\n";
    while (write(evidence_descriptor(), wave.data(), wave.size()) > 0) {
    }
    _exit(97);
}

std::map<std::string, Lie> lies_about_process() {
    return {
        {"nothing", [](auto&, auto&) {}},
        {"exit_66", [](auto& f, auto&) { deny_all(f), f.end_with(66); }},
        {"exit_0", [](auto& f, auto&) { deny_all(f); }},
        {"magic_line_exit_0", [](auto& f, auto&) { deny_all(f), f.print(magic_line); }},
        {"magic_line_exit_3",
         [](auto& f, auto&) { deny_all(f), f.print(magic_line), f.end_with(3); }},
        {"magic_line_exit_66",
         [](auto& f, auto&) { deny_all(f), f.print(magic_line), f.end_with(66); }},
        {"silent_and_magic_line",
         [](auto& f, auto& about) { hide_race(f, about), f.print(magic_line); }},
        {"silent_and_exit_66", [](auto& f, auto& about) { hide_race(f, about), f.end_with(66); }},
        {"all_right_and_exit_3", [](auto& f, auto&) { f.end_with(3); }},
        {"cannot_start",
         [](auto& f, auto&) { deny_all(f), f.print(cannot_start), f.end_with(66); }},
        {"segv", [](auto&, auto&) { raise(SIGSEGV); }},
        {"hang", [](auto&, auto&) { alarm(120), pause(); }},
        {"flood", flood},
        {"no_goodbye", [](auto& f, auto&) { f.drop(R"("record":"bye")"); }},
    };
}

std::map<std::string, Lie> lies_in_json() {
    return {
        {"broken", [](auto& f, auto&) { f.insert(R"({"record":"tri)"); }},
        {"truncated", [](auto& f, auto&) { f.cut(4); }},
        {"more_after_goodbye",
         [](auto& f, auto&) {
             const std::string goodbye = R"({"record":"bye","what":""})";
             f.replace(goodbye, goodbye + "\n{\"record\":\"rep"), f.cut(0);
         }},
        {"torn_off", [](auto& f, auto&) { f.drop(R"("record":"bye")"), f.cut(20); }},
        {"empty_line", [](auto& f, auto&) { f.insert(""); }},
        {"not_an_object", [](auto& f, auto&) { f.insert("[1, 2, 3]"); }},
        {"nothing_but_null", [](auto& f, auto&) { f.insert("null"); }},
        {"deep", [](auto& f, auto&) { f.insert(std::string(1'000'000, '[')); }},
        {"deep_and_closed",
         [](auto& f, auto&) {
             f.insert(R"({"record":"deep","in":)" + std::string(500'000, '[') +
                      std::string(500'000, ']') + "}");
         }},
        {"nul_bytes", [](auto& f, auto&) { f.insert(std::string("{\"record\":\"bye\0\"}", 17)); }},
        {"invalid_utf8",
         [](auto& f, auto&) { f.insert("{\"record\":\"bye\",\"what\":\"\xC3\x28\xFF\"}"); }},
        {"number_beyond_all", [](auto& f, auto&) { f.insert(R"({"record":"bye","what":1e999})"); }},
        {"huge_number",
         [](auto& f, auto&) { f.replace(field("count", "10"), field("count", "1e300")); }},
        {"largest_number",
         [](auto& f, auto&) {
             f.replace(field("count", "10"), field("count", "9223372036854775807"));
         }},
        {"negative_number",
         [](auto& f, auto&) { f.replace(field("count", "10"), field("count", "-10")); }},
        {"text_for_number",
         [](auto& f, auto&) { f.replace(field("trials", "10"), field("trials", "\"10\"")); }},
        {"number_for_text",
         [](auto& f, auto&) { f.replace(field("because", "\"trials\""), field("because", "1")); }},
        {"array_for_record", [](auto& f, auto&) { f.insert(R"({"record":["bye"]})"); }},
        {"member_missing", [](auto& f, auto&) { f.replace(R"("instrumented":true,)", ""); }},
    };
}

std::map<std::string, Lie> lies_in_records() {
    return {
        {"other_protocol",
         [](auto& f, auto&) { f.replace(field("protocol", "1"), field("protocol", "2")); }},
        {"unknown_record",
         [](auto& f, auto&) { f.insert(R"({"record":"verdict","is":"CLEAN"})"); }},
        {"two_subjects", [](auto& f, auto&) { f.insert(R"({"record":"subject","protocol":1})"); }},
        {"entered_twice",
         [](auto& f, auto& about) {
             f.insert(R"({"record":"entered","variant":")" + about.variant + R"(","trials":10})");
         }},
        {"finished_twice",
         [](auto& f, auto& about) {
             f.insert(R"({"record":"finished","variant":")" + about.variant +
                      R"(","trials":10,"because":"trials","microseconds":7})");
         }},
        {"never_entered",
         [](auto& f, auto& about) { f.drop(R"("record":"entered","variant":")" + about.variant); }},
        {"never_finished",
         [](auto& f, auto& about) {
             f.drop(R"("record":"finished","variant":")" + about.variant);
         }},
        {"nothing_of_variant",
         [](auto& f, auto& about) { f.drop(R"("variant":")" + about.variant); }},
        {"outcomes_do_not_add_up",
         [](auto& f, auto&) {
             f.replace(R"("flagged":false,"count":10)", R"("flagged":false,"count":9)");
         }},
        {"trials_left_out",
         [](auto& f, auto& about) {
             f.replace(about.variant + R"(","from":0)", about.variant + R"(","from":3)");
         }},
        {"trials_after_the_end",
         [](auto& f, auto& about) {
             f.insert(R"({"record":"trials","variant":")" + about.variant +
                      R"(","from":10,"count":0,"outcomes":[]})");
         }},
        {"finished_more_than_counted",
         [](auto& f, auto&) { f.replace(R"("trials":10,"because")", R"("trials":11,"because")"); }},
        {"fewer_trials_than_told",
         [](auto& f, auto&) {
             f.replace(field("count", "10"), field("count", "3"));
             f.replace(R"("trials":10,"because")", R"("trials":3,"because")");
         }},
        {"fewer_trials_than_asked",
         [](auto& f, auto&) {
             f.replace(field("count", "10"), field("count", "3"));
             f.replace(field("trials", "10"), field("trials", "3"));
         }},
        {"trouble",
         [](auto& f, auto&) { f.insert(R"({"record":"trouble","what":"a line did not fit"})"); }},
    };
}

std::map<std::string, Lie> lies_about_detector() {
    const auto report_of = [](const std::string& variant) {
        return R"("kind":"data-race","variant":")" + variant;
    };
    return {
        {"canary_unflagged", [=](auto& f, auto&) { f.drop(report_of("racepair.canary.racy")); }},
        {"canary_unflagged_later",
         [=](auto& f, auto&) {
             // Honest in the first process, not in those after it.
             const char* been_here = std::getenv("FORGER_BEEN_HERE");
             if (been_here == nullptr) _exit(95);
             if (access(been_here, F_OK) == 0) f.drop(report_of("racepair.canary.racy"));
             close(creat(been_here, 0600));
         }},
        {"canary_flagged_elsewhere",
         [=](auto& f, auto&) {
             f.replace(field("in_object", "true"), field("in_object", "false"));
             f.replace(R"("file":"/forged/racepair.canary.cpp","line":5)",
                       R"("file":"/forged/other.cpp","line":5)");
         }},
        {"canary_not_run", [](auto& f, auto&) { f.drop(R"("variant":"racepair.canary.)"); }},
        {"canary_right_although_racy",
         [](auto& f, auto&) {
             f.replace(R"("count":1,"outcomes":[{"outcome":"1")",
                       R"("count":1,"outcomes":[{"outcome":"2")");
         }},
        {"canary_repair_flagged",
         [=](auto& f, auto&) {
             f.replace(report_of("racepair.canary.racy"), report_of("racepair.canary.fixed"));
         }},
        {"not_instrumented",
         [](auto& f, auto&) {
             f.replace(R"("flags":"-fsanitize=thread","instrumented":true)",
                       R"("flags":"","instrumented":false)");
         }},
        {"no_runtime", [](auto& f, auto&) { f.replace(R"("runtime":"tsan")", R"("runtime":"")"); }},
        {"reports_unreadable",
         [](auto& f, auto&) {
             f.replace(field("reports_can_be_read", "true"), field("reports_can_be_read", "false"));
         }},
        {"report_of_another",
         [=](auto& f, auto& about) {
             f.replace(report_of(about.variant), report_of("forged.nothing.racy"));
         }},
        {"report_elsewhere",
         [](auto& f, auto& about) {
             f.replace(field("in_object", "true"), field("in_object", "false"));
             f.replace("/forged/" + about.name + R"(.cpp","line":5)",
                       R"(/forged/other.cpp","line":5)");
         }},
        {"report_of_nothing",
         [=](auto& f, auto& about) {
             f.drop(report_of(about.variant));
             f.insert(R"({"record":"report",)" + report_of(about.variant) +
                      R"(","trial":0,"accesses":[],"stacks":[]})");
         }},
        {"report_of_wrong_kind",
         [=](auto& f, auto& about) {
             f.replace(report_of(about.variant),
                       R"("kind":"thread-leak","variant":")" + about.variant);
         }},
        {"flagged_without_report", [=](auto& f, auto& about) { f.drop(report_of(about.variant)); }},
        {"repair_flagged_in_place",
         [=](auto& f, auto& about) {
             f.insert(
                 R"({"record":"report",)" + report_of(about.variant) +
                 R"(","trial":0,"accesses":[{"thread":1,"write":true,"atomic":false,"size":4,)"
                 R"("address":"0x1","in_object":true,"stack":[{"function":"forged::Fixed::step",)"
                 R"("file":"/forged/step.cpp","line":7,"pc":"0x2"}]}],"stacks":[]})");
         }},
        {"repair_flagged",
         [=](auto& f, auto& about) {
             f.insert(R"({"record":"report",)" + report_of(about.variant) +
                      R"(","trial":0,"accesses":[],"stacks":[]})");
         }},
    };
}

}  // namespace

const std::map<std::string, Lie>& lies() {
    static const auto all = [] {
        auto lies = lies_about_process();
        lies.merge(lies_in_json());
        lies.merge(lies_in_records());
        lies.merge(lies_about_detector());
        return lies;
    }();
    return all;
}

}  // namespace lying
