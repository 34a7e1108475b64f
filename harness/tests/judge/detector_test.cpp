#include "judge/detector.hpp"

#include <gtest/gtest.h>

#include "judge/evidence.hpp"
#include "judge/machine.hpp"
#include "judge/tsan_options.hpp"

namespace racepair::judge {
namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

Preparation prepare(const std::optional<std::string>& user, Machine machine = {}) {
    machine.tsan_options = user;
    return tsan_detector().prepare(machine);
}

/// The value that counts for the runtime: the last one.
std::string value_of(const Preparation& preparation, const std::string& key) {
    std::vector<std::string> unreadable;
    std::string value = "none";
    for (const auto& option :
         read_tsan_options(preparation.environment.at("TSAN_OPTIONS"), unreadable))
        if (option.key == key) value = option.value;
    return value;
}

TEST(Detector, IsFoundByItsName) {
    EXPECT_EQ(find_detector("plain"), &plain_detector());
    EXPECT_EQ(find_detector("tsan"), &tsan_detector());
    EXPECT_EQ(find_detector("explore"), &explore_detector());
    EXPECT_EQ(find_detector("helgrind"), &helgrind_detector());
    EXPECT_EQ(find_detector("drd"), &drd_detector());
    EXPECT_EQ(find_detector("tsna"), nullptr);
    EXPECT_EQ(find_detector(""), nullptr);
}

TEST(Detector, FollowsFromWhatTheSubjectWasBuiltFor) {
    Identity identity;
    EXPECT_EQ(&detector_of(identity), &plain_detector());
    identity.runtime = "tsan";
    EXPECT_EQ(&detector_of(identity), &tsan_detector()) << "linked only";
    identity.instrumented = true;
    EXPECT_EQ(&detector_of(identity), &tsan_detector());
    identity.runtime.clear();
    EXPECT_EQ(&detector_of(identity), &tsan_detector()) << "compiled only";
    identity.runtime = "explorer";
    EXPECT_EQ(&detector_of(identity), &explore_detector()) << "compiled as for ThreadSanitizer";
}

TEST(Detector, PlainRunsNeedNothing) {
    Machine machine;
    machine.tsan_options = "report_bugs=0";
    machine.mmap_rnd_bits = 32;
    const auto preparation = plain_detector().prepare(machine);
    EXPECT_TRUE(preparation.environment.empty());
    EXPECT_TRUE(preparation.notes.empty());
    EXPECT_TRUE(preparation.problems.empty());
    EXPECT_FALSE(preparation.aslr_off);
}

TEST(TsanDetector, SetsWhatAVerdictNeeds) {
    const auto preparation = prepare(std::nullopt);
    EXPECT_EQ(value_of(preparation, "report_bugs"), "1");
    EXPECT_EQ(value_of(preparation, "halt_on_error"), "0");
    EXPECT_EQ(value_of(preparation, "suppress_equal_stacks"), "0");
    EXPECT_EQ(value_of(preparation, "suppress_equal_addresses"), "0");
    EXPECT_EQ(value_of(preparation, "exitcode"), "0");
    EXPECT_TRUE(preparation.notes.empty());
    EXPECT_TRUE(preparation.problems.empty());
}

TEST(TsanDetector, KeepsTheUsersOwnOptionsInFront) {
    const std::string own = "history_size=7:suppressions='/a dir/list.txt'";
    const auto preparation = prepare(own);
    EXPECT_TRUE(preparation.environment.at("TSAN_OPTIONS").starts_with(own + ":report_bugs=1"));
    EXPECT_EQ(value_of(preparation, "history_size"), "7");
    EXPECT_EQ(value_of(preparation, "suppressions"), "/a dir/list.txt");
    EXPECT_TRUE(preparation.notes.empty());
}

TEST(TsanDetector, NeutralisesWhatWouldMuteReportsAndSaysSo) {
    for (const auto* own : {"report_bugs=0", "halt_on_error=1", "suppress_equal_stacks=true",
                            "suppress_equal_addresses=yes", "exitcode=66", "report_bugs=no"}) {
        const auto preparation = prepare(own);
        ASSERT_EQ(preparation.notes.size(), 1u) << own;
        EXPECT_TRUE(has(preparation.notes[0], std::string("neutralised ") + own)) << own;
        EXPECT_TRUE(preparation.problems.empty()) << own;
        EXPECT_EQ(value_of(preparation, "report_bugs"), "1") << own;
        EXPECT_EQ(value_of(preparation, "halt_on_error"), "0") << own;
        EXPECT_EQ(value_of(preparation, "suppress_equal_stacks"), "0") << own;
        EXPECT_EQ(value_of(preparation, "suppress_equal_addresses"), "0") << own;
        EXPECT_EQ(value_of(preparation, "exitcode"), "0") << own;
    }
}

TEST(TsanDetector, SaysNothingOfOptionsThatMeanTheSame) {
    EXPECT_TRUE(prepare("report_bugs=1").notes.empty());
    EXPECT_TRUE(prepare("report_bugs=true:halt_on_error=no:exitcode=0").notes.empty());
}

TEST(TsanDetector, WhatIsNoOptionIsAProblem) {
    const auto preparation = prepare("report_bugs 0");
    ASSERT_EQ(preparation.problems.size(), 2u);
    EXPECT_EQ(preparation.problems[0], "TSAN_OPTIONS holds 'report_bugs', which is not key=value");
    EXPECT_EQ(prepare("suppressions='open").problems.size(), 1u);
}

TEST(TsanDetector, TurnsRandomisationOffWhereItIsTooMuch) {
    Machine machine;
    EXPECT_FALSE(prepare(std::nullopt, machine).aslr_off) << "unknown";
    machine.mmap_rnd_bits = 28;
    EXPECT_FALSE(prepare(std::nullopt, machine).aslr_off);
    EXPECT_TRUE(prepare(std::nullopt, machine).notes.empty());
    for (const int bits : {29, 32}) {
        machine.mmap_rnd_bits = bits;
        const auto preparation = prepare(std::nullopt, machine);
        EXPECT_TRUE(preparation.aslr_off);
        ASSERT_EQ(preparation.notes.size(), 1u);
        EXPECT_TRUE(has(preparation.notes[0], "vm.mmap_rnd_bits is " + std::to_string(bits)));
    }
}

TEST(TsanDetector, UsesAnotherSymbolizerWhereNoneIsInPath) {
    Machine machine;
    machine.other_symbolizer = "/usr/lib/llvm 14/bin/llvm-symbolizer";
    const auto preparation = prepare(std::nullopt, machine);
    EXPECT_EQ(value_of(preparation, "external_symbolizer_path"), machine.other_symbolizer);
    ASSERT_EQ(preparation.notes.size(), 1u);
    EXPECT_TRUE(has(preparation.notes[0], machine.other_symbolizer));
}

TEST(TsanDetector, LeavesTheUsersSymbolizerAlone) {
    Machine machine;
    machine.other_symbolizer = "/usr/bin/llvm-symbolizer-14";
    const auto preparation = prepare("external_symbolizer_path=/my/own", machine);
    EXPECT_EQ(value_of(preparation, "external_symbolizer_path"), "/my/own");
    EXPECT_TRUE(preparation.notes.empty());
}

TEST(Machine, IsPinnedWhereFewerCpusMayBeUsedThanThereAre) {
    Machine machine;
    machine.cpus_online = machine.cpus_allowed = 2;
    EXPECT_FALSE(machine.is_pinned());
    machine.cpus_allowed = 1;
    EXPECT_TRUE(machine.is_pinned());
}

TEST(Machine, IsSeenAsItIs) {
    const auto machine = this_machine();
    EXPECT_GE(machine.cpus_online, 1);
    EXPECT_GE(machine.cpus_allowed, 1);
    EXPECT_FALSE(machine.allowed_list.empty());
    EXPECT_TRUE(program_in_path("sh").ends_with("/sh"));
    EXPECT_EQ(program_in_path("there is no such program"), "");
}

TEST(DetectorName, MeansThoseOfValgrindTogether) {
    const Identity identity;
    EXPECT_TRUE(names_any_detector("valgrind"));
    EXPECT_TRUE(names("valgrind", helgrind_detector(), identity));
    EXPECT_TRUE(names("valgrind", drd_detector(), identity));
    EXPECT_FALSE(names("valgrind", plain_detector(), identity));
    EXPECT_FALSE(names("valgrind", tsan_detector(), identity));
    EXPECT_FALSE(names("helgrind", drd_detector(), identity));
}

}  // namespace
}  // namespace racepair::judge
