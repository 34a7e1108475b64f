#include "judge/evidence.hpp"

#include <gtest/gtest.h>

#include "evidence_lines.hpp"

namespace racepair::judge {
namespace {

Evidence whole_evidence() {
    return read_evidence(bytes_of({subject_record(), case_record(), alone_record(),
                                   entered_record(), trials_record(0, 2), trials_record(2, 1, true),
                                   report_record(), finished_record(), bye_record()}));
}

TEST(Evidence, ReadsTheSubjectsIdentity) {
    const auto evidence = whole_evidence();
    ASSERT_TRUE(evidence.identity);
    const auto& identity = *evidence.identity;
    EXPECT_EQ(identity.protocol, 1);
    EXPECT_EQ(identity.program, "/build/cases");
    EXPECT_EQ(identity.compiler, "clang");
    EXPECT_EQ(identity.compiler_version, "14.0.6");
    EXPECT_EQ(identity.architecture, "x86-64");
    EXPECT_EQ(identity.flags, "-O1 -fsanitize=thread");
    EXPECT_TRUE(identity.instrumented);
    EXPECT_TRUE(identity.optimised);
    EXPECT_EQ(identity.runtime, "tsan");
    EXPECT_TRUE(identity.reports_can_be_read);
    EXPECT_EQ(identity.options, "report_bugs=1");
    EXPECT_EQ(identity.compiled_in_options, "history_size=2");
    EXPECT_EQ(identity.cpus_online, 4);
    EXPECT_EQ(identity.cpus_allowed, 3);
    EXPECT_TRUE(evidence.faults.empty());
}

TEST(Evidence, ReadsACase) {
    const auto evidence = whole_evidence();
    const auto* info = evidence.find_case("counters.sample");
    ASSERT_NE(info, nullptr);
    EXPECT_EQ(info->mechanism(), "counters");
    EXPECT_EQ(info->file, "/cases/sample.cpp");
    EXPECT_EQ(info->line, 30);
    EXPECT_TRUE(info->instrumented);
    EXPECT_TRUE(info->optimised);
    EXPECT_EQ(info->lesson, "Updates vanish.");
    EXPECT_EQ(info->threads, 50);
    EXPECT_EQ(info->rounds, 1000);
    EXPECT_EQ(info->at_most_trials, 7);
    EXPECT_EQ(info->may_hang, "locks");
    EXPECT_EQ(info->expected, (std::vector<std::string>{"50000", "49999"}));
    ASSERT_EQ(info->exceptions.size(), 1u);
    EXPECT_EQ(info->exceptions[0].stance, "blind");
    EXPECT_EQ(info->exceptions[0].detector, "plain");
    EXPECT_EQ(info->exceptions[0].when, "one_cpu");
    EXPECT_EQ(info->exceptions[0].why, "rare");
    EXPECT_EQ(info->exceptions[0].at_most, 0.25);
    ASSERT_EQ(info->variants.size(), 2u);
    EXPECT_EQ(info->variants[0].type, "sample::Racy");
    EXPECT_EQ(info->variants[0].defect, "data_race");
    EXPECT_EQ(info->variants[0].exceptions.size(), 1u);
    EXPECT_EQ(info->variants[1].kind, "fixed");
    EXPECT_EQ(evidence.find_case("counters.other"), nullptr);
}

TEST(Evidence, ReadsARun) {
    const auto evidence = whole_evidence();
    const auto& run = evidence.runs.at(sample);
    EXPECT_TRUE(run.entered);
    EXPECT_EQ(run.told, 3);
    EXPECT_EQ(run.alone, "7");
    EXPECT_EQ(run.alone_expected, (std::vector<std::string>{"7", "8"}));
    EXPECT_EQ(run.trials, 3);
    ASSERT_EQ(run.outcomes.size(), 2u);
    EXPECT_EQ(run.outcomes[0].outcome, "17");
    EXPECT_EQ(run.outcomes[0].flagged, false);
    EXPECT_EQ(run.outcomes[0].count, 2);
    EXPECT_EQ(run.outcomes[1].flagged, true);
    EXPECT_EQ(run.outcomes[1].count, 1);
    EXPECT_TRUE(run.finished);
    EXPECT_EQ(run.because, "trials");
    EXPECT_EQ(run.microseconds, 1234);
    EXPECT_TRUE(evidence.bye);
    EXPECT_FALSE(evidence.cut_short);
}

TEST(Evidence, ReadsAReport) {
    const auto evidence = whole_evidence();
    ASSERT_EQ(evidence.runs.at(sample).reports.size(), 1u);
    const auto& report = evidence.runs.at(sample).reports[0];
    EXPECT_EQ(report.kind, "data-race");
    EXPECT_EQ(report.trial, 1);
    ASSERT_EQ(report.accesses.size(), 1u);
    const auto& access = report.accesses[0];
    EXPECT_EQ(access.thread, 2);
    EXPECT_TRUE(access.write);
    EXPECT_FALSE(access.atomic);
    EXPECT_EQ(access.size, 8);
    EXPECT_EQ(access.address, "0x7b04");
    EXPECT_TRUE(access.in_object);
    ASSERT_EQ(access.stack.size(), 1u);
    EXPECT_EQ(access.stack[0].function, "sample::Racy::add()");
    EXPECT_EQ(access.stack[0].line, 14);
    ASSERT_EQ(report.stacks.size(), 1u);
    EXPECT_EQ(report.stacks[0].at(0).file, "/cases/sample.cpp");
}

TEST(Evidence, ReadsASuppressedReport) {
    auto hidden = report_record();
    hidden["record"] = "suppressed";
    auto evidence = read_evidence(bytes_of({subject_record(), hidden}));
    EXPECT_TRUE(evidence.faults.empty());
    EXPECT_TRUE(evidence.run_of(sample).reports.empty());
    EXPECT_EQ(evidence.run_of(sample).suppressed.size(), 1u);

    append(evidence, read_evidence(bytes_of({subject_record(), hidden})), sample);
    EXPECT_EQ(evidence.run_of(sample).suppressed.size(), 2u);
    append(evidence, read_evidence(bytes_of({subject_record(), hidden})), "other");
    EXPECT_EQ(evidence.run_of(sample).suppressed.size(), 3u);
}

TEST(Evidence, ReadsWhatTroublesTheSubject) {
    const auto evidence = read_evidence(bytes_of({subject_record(), trouble_record()}));
    EXPECT_EQ(evidence.troubles, std::vector<std::string>{"no room"});
    EXPECT_TRUE(evidence.faults.empty());
    EXPECT_FALSE(evidence.bye);
}

TEST(Evidence, KeepsAReportThatCameBeforeAnyVariant) {
    auto early = report_record();
    early["variant"] = "";
    early["trial"] = -1;
    const auto evidence = read_evidence(bytes_of({subject_record(), early}));
    EXPECT_TRUE(evidence.faults.empty());
    EXPECT_EQ(evidence.runs.at("").reports.size(), 1u);
    EXPECT_FALSE(evidence.runs.at("").entered);
}

TEST(Evidence, AddsUpEqualOutcomes) {
    const auto evidence = read_evidence(
        bytes_of({subject_record(), entered_record(), trials_record(0, 2), trials_record(2, 3),
                  trials_record(5, 1, false, "18"), trials_record(6, 4)}));
    const auto& outcomes = evidence.runs.at(sample).outcomes;
    ASSERT_EQ(outcomes.size(), 2u);
    EXPECT_EQ(outcomes[0].outcome, "17");
    EXPECT_EQ(outcomes[0].count, 9);
    EXPECT_EQ(outcomes[1].outcome, "18");
    EXPECT_EQ(outcomes[1].count, 1);
}

TEST(Evidence, ALineWithoutItsEndIsCutShortAndNoFault) {
    const auto whole = bytes_of({subject_record(), entered_record(), trials_record(0, 2)});
    const auto before = bytes_of({subject_record(), entered_record()}).size();
    for (auto size = before + 1; size < whole.size(); ++size) {
        const auto evidence = read_evidence(std::string_view(whole).substr(0, size));
        EXPECT_TRUE(evidence.cut_short) << size;
        EXPECT_TRUE(evidence.faults.empty()) << size;
        EXPECT_EQ(evidence.runs.at(sample).trials, 0) << size;
    }
    EXPECT_FALSE(read_evidence(whole).cut_short);
}

TEST(Evidence, NothingIsNoFaultAndNoIdentity) {
    const auto evidence = read_evidence("");
    EXPECT_FALSE(evidence.identity);
    EXPECT_TRUE(evidence.faults.empty());
    EXPECT_FALSE(evidence.cut_short);
}

TEST(Evidence, AppendAddsTheTrialsOfAFurtherProcess) {
    auto all = whole_evidence();
    append(all, whole_evidence(), sample);
    const auto& run = all.runs.at(sample);
    EXPECT_EQ(run.told, 6);
    EXPECT_EQ(run.trials, 6);
    EXPECT_EQ(run.microseconds, 2468);
    ASSERT_EQ(run.outcomes.size(), 2u);
    EXPECT_EQ(run.outcomes[0].count, 4);
    EXPECT_EQ(run.outcomes[1].count, 2);
    ASSERT_EQ(run.reports.size(), 2u);
    EXPECT_EQ(run.reports[0].trial, 1);
    EXPECT_EQ(run.reports[1].trial, 4) << "the trials are counted on";
    EXPECT_TRUE(run.entered && run.finished && all.bye && !all.cut_short);
}

TEST(Evidence, AppendForgetsNothingThatWentWrong) {
    auto all = whole_evidence();
    auto unfinished = read_evidence(bytes_of({subject_record(), entered_record()}) + "{\"rec");
    append(all, std::move(unfinished), sample);
    EXPECT_TRUE(all.runs.at(sample).entered);
    EXPECT_FALSE(all.runs.at(sample).finished);
    EXPECT_FALSE(all.bye);
    EXPECT_TRUE(all.cut_short);

    all = whole_evidence();
    append(all, read_evidence(bytes_of({subject_record(), trouble_record()}) + "nonsense\n"),
           sample);
    EXPECT_FALSE(all.runs.at(sample).entered);
    EXPECT_EQ(all.troubles.size(), 1u);
    EXPECT_EQ(all.faults.size(), 1u);
}

TEST(Evidence, AppendKeepsAControlThatWentWrong) {
    auto wrong = alone_record();
    wrong["outcome"] = "9";
    const auto other = [&] { return read_evidence(bytes_of({subject_record(), wrong})); };
    auto all = whole_evidence();
    append(all, other(), sample);
    EXPECT_EQ(all.runs.at(sample).alone, "9");
    append(all, whole_evidence(), sample);
    EXPECT_EQ(all.runs.at(sample).alone, "9");
}

TEST(Evidence, AppendKeepsReportsOutsideOfTheVariant) {
    auto early = report_record();
    early["variant"] = "";
    auto all = whole_evidence();
    append(all, read_evidence(bytes_of({subject_record(), early})), sample);
    EXPECT_EQ(all.runs.at("").reports.size(), 1u);
}

const std::string program_record =
    R"({"record":"program","case":"counters.sample","arguments":["a","b c"],)"
    R"("sought":[{"kind":"data-race","place":"Queue::push"}]})";

TEST(Evidence, ReadsWhatAProgramHasToShow) {
    const auto evidence = read_evidence(
        bytes_of({subject_record(), case_record(), nlohmann::json::parse(program_record)}));
    EXPECT_TRUE(evidence.faults.empty());
    const auto* info = evidence.find_case("counters.sample");
    ASSERT_NE(info, nullptr);
    ASSERT_TRUE(info->program);
    EXPECT_EQ(info->program->arguments, (std::vector<std::string>{"a", "b c"}));
    ASSERT_EQ(info->program->sought.size(), 1u);
    EXPECT_EQ(info->program->sought[0].kind, "data-race");
    EXPECT_EQ(info->program->sought[0].place, "Queue::push");
}

TEST(Evidence, RefusesAProgramOfNoCaseAndASecondOne) {
    const auto record = nlohmann::json::parse(program_record);
    EXPECT_EQ(read_evidence(bytes_of({subject_record(), record})).faults.size(), 1u);
    EXPECT_EQ(
        read_evidence(bytes_of({subject_record(), case_record(), record, record})).faults.size(),
        1u);
}

}  // namespace
}  // namespace racepair::judge
