// Linked into a program with a main() of its own, it makes a subject of it: a run of the program is
// the only trial of its only variant. Started by anybody but the judge, the program does not
// notice.
//
// What the judge wants stands in the environment, because the command line is the program's:
// RACEPAIR_EVIDENCE_FD names the way out for evidence, RACEPAIR_RUN the variant; without that one,
// the program tells what it is and ends before its main().

#include "program.hpp"

#include <fcntl.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "canary.hpp"
#include "channel.hpp"
#include "identity.hpp"
#include "json_line.hpp"
#include "racepair/case.hpp"
#include "report_hook.hpp"
#include "trials.hpp"

namespace racepair::subject {
namespace {

constexpr unsigned long record_size = 16 * 1024;
const char* variant_now = nullptr;  // the program's own, once its main() may begin
long long reports_before = 0;

Defect defect_of(const std::string& kind) {
    if (kind.starts_with("data-race")) return Defect::data_race;
    if (kind.starts_with("heap-use-after-free")) return Defect::lifetime;
    if (kind == "lock-order-inversion") return Defect::lock_order;
    return Defect::lock_misuse;
}

CaseEntry entry_of_program() {
    CaseEntry entry{std::string("program.") + program.name, program.file, 1, RACEPAIR_INSTRUMENTED,
                    RACEPAIR_OPTIMISED};
    entry.scope = {.threads = 1, .rounds = 1};
    entry.needs_company = true;  // nobody knows how many threads it starts
    entry.expected = [](Scope) { return std::vector<std::string>{"exit status 0"}; };
    entry.lesson = "A program of your own: what must be reported, is; and nothing else.";
    VariantEntry variant;
    variant.type = "main";
    const auto* sought = program.sought;
    variant.kind = sought->kind != nullptr ? Kind::racy : Kind::fixed;
    variant.name = sought->kind != nullptr ? "racy" : "fixed";
    variant.defect = sought->kind != nullptr ? defect_of(sought->kind) : Defect::none;
    entry.variants.push_back(std::move(variant));
    return entry;
}

void send_program(const CaseEntry& entry) {
    std::vector<char> buffer(record_size);
    JsonLine line(buffer.data(), buffer.size());
    line.record("program").key("case").text(entry.name.data(), entry.name.size());
    line.key("arguments").begin_array();
    for (const auto* word = program.arguments; *word != nullptr; ++word) line.text(*word);
    line.end_array().key("sought").begin_array();
    for (const auto* sought = program.sought; sought->kind != nullptr; ++sought)
        line.begin_object()
            .key("kind")
            .text(sought->kind)
            .key("place")
            .text(sought->place)
            .end_object();
    send(line.end_array().end());
}

/// By on_exit, so that nothing of the program runs after it: the first to be registered is the last
/// to be called.
void tell_end(int status, void*) {
    std::vector<char> buffer(record_size);
    JsonLine line(buffer.data(), buffer.size());
    if (variant_now != nullptr) {
        const auto outcome = "exit status " + std::to_string(status);
        line.record("trials").key("variant").text(variant_now);
        line.key("from").number(0).key("count").number(1).key("outcomes").begin_array();
        line.begin_object().key("outcome").text(outcome.data(), outcome.size());
        line.key("flagged").boolean(reports_so_far() != reports_before);
        line.key("count").number(1).end_object();
        send(line.end_array().end());
        line.record("finished").key("variant").text(variant_now).key("trials").number(1);
        send(line.key("because").text("trials").key("microseconds").number(0).end());
    }
    send(line.record("bye").key("what").text("").end());
}

void enter(const std::string& variant) {
    std::vector<char> buffer(record_size);
    JsonLine line(buffer.data(), buffer.size());
    variant_now = (new std::string(variant))->c_str();  // reports may come until the very end
    now_running(variant_now, 0);
    write_all_reports();
    reports_before = reports_so_far();
    send(line.record("entered").key("variant").text(variant_now).key("trials").number(1).end());
}

/// Before any constructor of the program's own objects: they belong to the trial.
__attribute__((constructor(101))) void begin() {
    const char* descriptor = std::getenv("RACEPAIR_EVIDENCE_FD");
    if (descriptor == nullptr) return;
    const char* asked = std::getenv("RACEPAIR_RUN");
    const std::string variant = asked != nullptr ? asked : "";
    open_channel(std::atoi(descriptor));
    // Programs that this one starts are none of ours.
    fcntl(std::atoi(descriptor), F_SETFD, FD_CLOEXEC);
    unsetenv("RACEPAIR_EVIDENCE_FD");
    unsetenv("RACEPAIR_RUN");
    on_exit(tell_end, nullptr);

    register_canary();
    const CaseEntry entry = entry_of_program();
    const Registration registration(entry);
    send_identity(program.name);
    send_cases(nullptr);
    send_program(entry);
    if (variant.empty()) std::exit(EXIT_SUCCESS);
    run_canary(variant);
    if (variant == entry.name + "." + entry.variants.front().name) return enter(variant);
    for (const auto& other : registered_cases())
        for (const auto& canary : other.variants)
            if (other.name + "." + canary.name == variant) run_trials(other, canary, {});
    std::exit(EXIT_SUCCESS);
}

}  // namespace
}  // namespace racepair::subject
