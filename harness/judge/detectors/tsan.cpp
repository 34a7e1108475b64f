#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "../detector.hpp"
#include "../evidence.hpp"
#include "../machine.hpp"
#include "../tsan_options.hpp"

namespace racepair::judge {
namespace {

/// What a verdict needs from the runtime, whatever the user asked for. The last value of a key
/// wins, so these follow the user's own. Exit codes are no evidence here: with 0, an exit code is
/// the program's own.
struct Needed {
    const char* key;
    const char* value;
    const char* why;
};
constexpr const char* crash_is_crash =
    "a crash ends the subject as a crash, not with the runtime's exit code";
constexpr std::array needed = {
    Needed{"report_bugs", "1", "a muted report is a race unseen"},
    Needed{"halt_on_error", "0", "the trials after the first report count as well"},
    Needed{"suppress_equal_stacks", "0", "each trial's race is reported, not only the first one's"},
    Needed{"suppress_equal_addresses", "0",
           "each trial's race is reported, not only the first one's"},
    Needed{"exitcode", "0", "no verdict rests on an exit code"},
    Needed{"handle_segv", "0", crash_is_crash},
    Needed{"handle_sigbus", "0", crash_is_crash},
    Needed{"handle_sigfpe", "0", crash_is_crash},
    Needed{"handle_sigill", "0", crash_is_crash},
    Needed{"handle_abort", "0", crash_is_crash},
};

/// In the runtime's words: what it says of two accesses that nothing orders, the one of which may
/// have been the end of the object.
const std::vector<std::string> races = {"data-race", "data-race-vptr", "heap-use-after-free",
                                        "heap-use-after-free-vptr"};

bool means_the_same(const std::string& value, const std::string& wanted) {
    const auto as_number = [](const std::string& text) {
        if (text == "true" || text == "yes") return std::string("1");
        if (text == "false" || text == "no") return std::string("0");
        return text;
    };
    return as_number(value) == as_number(wanted);
}

Preparation prepare(const Machine& machine) {
    Preparation preparation;
    std::string options = machine.tsan_options.value_or("");
    std::vector<std::string> unreadable;
    const auto given = read_tsan_options(options, unreadable);
    for (const auto& word : unreadable)
        preparation.problems.push_back(
            fmt::format("TSAN_OPTIONS holds '{}', which is not key=value", word));

    const auto set = [&](const std::string& key, const std::string& value) {
        options += (options.empty() ? "" : ":") + key + "=" + value;
    };
    for (const auto& need : needed) {
        for (const auto& option : given)
            if (option.key == need.key && !means_the_same(option.value, need.value))
                preparation.notes.push_back(fmt::format("neutralised {}={} of TSAN_OPTIONS: {}",
                                                        option.key, option.value, need.why));
        set(need.key, need.value);
    }
    const bool has_symbolizer = std::any_of(
        given.begin(), given.end(),
        [](const TsanOption& option) { return option.key == "external_symbolizer_path"; });
    if (!has_symbolizer && !machine.other_symbolizer.empty()) {
        set("external_symbolizer_path", "'" + machine.other_symbolizer + "'");
        preparation.notes.push_back("no llvm-symbolizer in PATH: using " +
                                    machine.other_symbolizer);
    }
    if (machine.mmap_rnd_bits.value_or(0) > most_mmap_rnd_bits) {
        preparation.aslr_off = true;
        preparation.notes.push_back(
            fmt::format("address randomisation is off for the subject: vm.mmap_rnd_bits is {}, and "
                        "runtimes before "
                        "LLVM 18.1 and gcc 14 cope with {} at most",
                        *machine.mmap_rnd_bits, most_mmap_rnd_bits));
    }
    preparation.environment["TSAN_OPTIONS"] = options;
    return preparation;
}

}  // namespace

/// ThreadSanitizer, clang's or gcc's: its reports are the evidence, read from the runtime's own
/// interface.
const Detector& tsan_detector() {
    static const Detector tsan = {
        .name = "tsan",
        .long_name = "ThreadSanitizer",
        .sees_reports = true,
        .trials_to_flag = 3,
        .trials_to_trust = 30,
        .signs_of_defect = {{"data_race", {.kinds = {"data-race"}}},
                            {"lifetime", {.kinds = races}},
                            {"lock_order", {.kinds = {"lock-order-inversion"}}},
                            {"lock_misuse",
                             {.kinds = {"locked-mutex-destroy", "mutex-double-lock",
                                        "mutex-invalid-access", "mutex-bad-unlock",
                                        "mutex-bad-read-lock", "mutex-bad-read-unlock"}}}},
        .blind_to = {{"race_condition",
                      {.why = "there is no data race: each access is synchronised, only the "
                              "result is wrong",
                       .outcome_must_show = true}},
                     {"weak_memory", {.why = "there is no data race: each access is atomic"}}},
        .fits =
            [](const Identity& identity) {
                return identity.runtime != "explorer" &&
                       (identity.instrumented || identity.runtime == "tsan");
            },
        .prepare = prepare,
    };
    return tsan;
}

}  // namespace racepair::judge
