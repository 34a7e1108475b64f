// Evidence that cannot be true, or cannot be read, is a fault: what a subject may send is up to the
// code in it.

#include <gtest/gtest.h>

#include "evidence_lines.hpp"
#include "judge/evidence.hpp"

namespace racepair::judge {
namespace {

constexpr long long most = std::numeric_limits<long long>::max();

/// The only fault of these records, or what there is instead.
std::string fault_of(const std::vector<json>& records) {
    const auto evidence = read_evidence(bytes_of(records));
    if (evidence.faults.size() != 1) return std::to_string(evidence.faults.size()) + " faults";
    return evidence.faults[0];
}

TEST(EvidenceFault, ContradictionsAreNamedWithTheirLine) {
    const auto subject = subject_record();
    EXPECT_EQ(fault_of({subject, subject}), "line 2: a second subject record");
    EXPECT_EQ(fault_of({subject, entered_record(), entered_record()}),
              "line 3: counters.sample.racy is entered twice");
    EXPECT_EQ(fault_of({subject, entered_record(-1)}), "line 2: a negative number of trials");
    EXPECT_EQ(fault_of({subject, trials_record(0, 1)}),
              "line 2: counters.sample.racy was not entered");
    EXPECT_EQ(fault_of({subject, finished_record(0)}),
              "line 2: counters.sample.racy was not entered");
    EXPECT_EQ(fault_of({subject, alone_record(), finished_record(0)}),
              "line 3: counters.sample.racy was not entered");
    EXPECT_EQ(fault_of({subject, alone_record(), alone_record()}),
              "line 3: counters.sample.racy is tried alone twice");
    EXPECT_EQ(fault_of({subject, {{"record", "verdict"}}}), "line 2: unknown record verdict");
}

TEST(EvidenceFault, OtherRecordsComeAfterTheSubjects) {
    for (const auto& record : {case_record(), alone_record(), entered_record(), report_record(),
                               trouble_record(), bye_record()})
        EXPECT_EQ(
            fault_of({record, subject_record()}),
            "line 1: a " + record["record"].get<std::string>() + " record before the subject's");
}

TEST(EvidenceFault, AnotherProtocolIsRefusedWithACure) {
    auto newer = subject_record();
    newer["protocol"] = 2;
    const auto evidence = read_evidence(bytes_of({newer}));
    EXPECT_FALSE(evidence.identity);
    ASSERT_EQ(evidence.faults.size(), 1u);
    EXPECT_NE(evidence.faults[0].find("build the subject and racepair from the same version"),
              std::string::npos);
}

TEST(EvidenceFault, TrialsHaveToAddUp) {
    const std::vector<json> begin = {subject_record(), entered_record()};
    const auto after = [&](std::vector<json> more) {
        more.insert(more.begin(), begin.begin(), begin.end());
        return fault_of(more);
    };
    EXPECT_EQ(after({trials_record(1, 1)}), "line 3: trials are missing or told twice");
    EXPECT_EQ(after({trials_record(0, 2), trials_record(1, 1)}),
              "line 4: trials are missing or told twice");
    EXPECT_EQ(after({trials_record(0, 2), finished_record(3)}),
              "line 4: finished with another number of trials than were told");
    EXPECT_EQ(after({trials_record(0, 3), finished_record(3), finished_record(3)}),
              "line 5: a variant finished twice");
    EXPECT_EQ(after({finished_record(0), trials_record(0, 3)}),
              "line 4: trials after the variant had finished");

    auto more = trials_record(0, 2);
    more["count"] = 3;
    EXPECT_EQ(after({more}), "line 3: outcome counts do not add up to the trials");
    for (const long long count : {0LL, -1LL, -most})
        EXPECT_EQ(after({trials_record(0, count)}), "line 3: an outcome counted less than once");
}

TEST(EvidenceFault, CountsThatWouldOverflowAreRefused) {
    auto record = trials_record(0, most);
    EXPECT_EQ(fault_of({subject_record(), entered_record(), record}),
              "line 3: more trials than can be counted");
    record["outcomes"].push_back(record["outcomes"][0]);
    EXPECT_EQ(fault_of({subject_record(), entered_record(), record}),
              "line 3: more trials than can be counted");
    const long long many = 600'000'000'000'000;
    EXPECT_EQ(fault_of({subject_record(), entered_record(), trials_record(0, many),
                        trials_record(many, many)}),
              "line 4: more trials than can be counted");
}

TEST(EvidenceFault, FractionsThatNoIntegerIsNearAreRefused) {
    for (const double number : {6e52, -6e52, -1.5}) {
        auto entered = entered_record();
        entered["trials"] = number;
        EXPECT_NE(
            fault_of({subject_record(), entered}).find("a number that nothing in it can have"),
            std::string::npos);
    }
}

TEST(EvidenceFault, NamesAreUnique) {
    EXPECT_EQ(fault_of({subject_record(), case_record(), case_record()}),
              "line 3: two cases are named counters.sample");
    auto twins = case_record();
    twins["variants"].push_back(twins["variants"][0]);
    EXPECT_EQ(fault_of({subject_record(), twins}),
              "line 2: two variants are named counters.sample.racy");
}

TEST(EvidenceFault, EachMemberIsRequired) {
    const std::vector<json> before = {subject_record(), entered_record()};
    for (const auto& record : {case_record(), alone_record(), trials_record(0, 1), report_record(),
                               finished_record(0), trouble_record()})
        for (const auto& [key, value] : record.items()) {
            // Read by people only, so far.
            if (record["record"] == "report" && (key == "locations" || key == "threads")) continue;
            auto without = record;
            without.erase(key);
            EXPECT_NE(fault_of({before[0], before[1], without}), "0 faults")
                << record["record"] << " without " << key;
            auto other = record;
            other[key] = json::object();
            EXPECT_NE(fault_of({before[0], before[1], other}), "0 faults")
                << record["record"] << " with an odd " << key;
        }
    const auto subject = subject_record();
    for (const auto& [key, value] : subject.items()) {
        auto without = subject;
        without.erase(key);
        EXPECT_NE(fault_of({without}), "0 faults") << key;
    }
}

TEST(EvidenceFault, WhateverIsNoRecordIsAFault) {
    const auto first = bytes_of({subject_record()});
    const std::vector<std::string> hostile = {
        "",
        "nonsense",
        "{}",
        "[]",
        "null",
        "17",
        "\"subject\"",
        "{\"record\":17}",
        "{\"record\":\"bye\"",
        "{\"record\":\"bye\"}}",
        "{\"record\":\"entered\",\"variant\":\"a.b.c\",\"trials\":1e999}",
        "{\"record\":\"trouble\",\"what\":\"\xff\xfe\"}",
        std::string("{\"record\":\"b\0e\"}", 16),
        std::string(200'000, '['),
        std::string(200'000, '{'),
        std::string(100'000, '[') + std::string(100'000, ']'),
        "WARNING: ThreadSanitizer: data race (pid=1)",
    };
    for (const auto& line : hostile) {
        const auto evidence = read_evidence(first + line + "\n" + bytes_of({bye_record()}));
        EXPECT_EQ(evidence.faults.size(), 1u) << line.substr(0, 60);
        EXPECT_TRUE(evidence.bye) << "what follows is read: " << line.substr(0, 60);
    }
}

TEST(EvidenceFault, AFloodOfFaultsIsNotKept) {
    std::string flood;
    for (int i = 0; i < 10'000; ++i) flood += "x\n";
    const auto evidence = read_evidence(flood);
    EXPECT_EQ(evidence.faults.size(), 20u);
    EXPECT_FALSE(evidence.cut_short);
}

}  // namespace
}  // namespace racepair::judge
