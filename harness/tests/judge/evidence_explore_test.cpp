// What an exploration leaves: read whole, and refused where it cannot be true. Nothing may be taken
// for exhausted on the word of a subject that contradicts itself.

#include <gtest/gtest.h>

#include "evidence_lines.hpp"
#include "judge/evidence.hpp"

namespace racepair::judge {
namespace {

std::vector<json> records(json schedule, json explored) {
    return {subject_record(),    entered_record(0),  trials_record(0, 3), std::move(schedule),
            std::move(explored), finished_record(3), bye_record()};
}

/// The first fault of an exploration whose record was altered; "" for none.
std::string fault_of(const std::string& key, const json& value) {
    auto explored = explored_record();
    explored[key] = value;
    const auto evidence = read_evidence(bytes_of(records(schedule_record(), explored)));
    return evidence.faults.empty() ? "" : evidence.faults.front();
}

std::string fault_of_schedule(const json& schedule) {
    const auto evidence = read_evidence(bytes_of(records(schedule, explored_record())));
    return evidence.faults.empty() ? "" : evidence.faults.front();
}

TEST(EvidenceExplore, IsReadWhole) {
    const auto evidence = read_evidence(bytes_of(records(schedule_record(), explored_record())));
    ASSERT_TRUE(evidence.faults.empty()) << evidence.faults.front();
    const auto& run = evidence.run_of(sample);
    ASSERT_TRUE(run.explored && run.schedule);
    EXPECT_EQ(run.explored->strategy, "dpor");
    EXPECT_EQ(run.explored->executions, 3);
    EXPECT_TRUE(run.explored->exhausted);
    EXPECT_EQ(run.explored->first_seen, 2);
    EXPECT_EQ(run.explored->preemptions, -1);
    EXPECT_FALSE(run.explored->depth);
    const auto& story = *run.schedule;
    EXPECT_EQ(story.why, "wrong-outcome");
    EXPECT_EQ(story.text, "rp1-1f-1.2-2.3");
    EXPECT_EQ(story.threads, (std::vector<int>{1, 2}));
    ASSERT_EQ(story.steps.size(), 2u);
    EXPECT_EQ(story.steps[1].operation, "write");
    EXPECT_EQ(story.steps[1].value, -1);
    EXPECT_EQ(story.steps[1].offset, 8);
    EXPECT_EQ(story.steps[1].locks, std::vector<std::string>{"0x7b10"});
    ASSERT_EQ(story.steps[1].stack.size(), 2u);
    EXPECT_EQ(story.steps[1].stack[1].pc, "0x2");
}

TEST(EvidenceExplore, ReadsTheScopeOfACase) {
    const auto evidence = read_evidence(bytes_of({subject_record(), case_record()}));
    ASSERT_EQ(evidence.cases.size(), 1u);
    EXPECT_EQ(evidence.cases[0].explore_scope.threads, 2);
    EXPECT_EQ(evidence.cases[0].explore_scope.rounds, 3);
    EXPECT_EQ(evidence.cases[0].explore_scope.expected, std::vector<std::string>{"6"});
}

TEST(EvidenceExplore, ReadsWordsAndWaitsOfAReport) {
    auto report = report_record();
    report["what"] = "everybody waits";
    report["waits"] = {{{"thread", 1}, {"for", "lock"}, {"object", "0x7b"}, {"held_by", 2}}};
    const auto evidence = read_evidence(bytes_of({subject_record(), report}));
    const auto& read = evidence.run_of(sample).reports.at(0);
    EXPECT_EQ(read.what, "everybody waits");
    ASSERT_EQ(read.waits.size(), 1u);
    EXPECT_EQ(read.waits[0].what, "lock");
    EXPECT_EQ(read.waits[0].held_by, 2);
}

TEST(EvidenceExplore, EachMemberIsRequired) {
    for (const std::string key :
         {"strategy", "seed", "backend", "executions", "exhausted", "because", "limit", "threads",
          "steps", "restarts", "first_seen", "outcomes", "spin_was_cut"}) {
        auto explored = explored_record();
        explored.erase(key);
        const auto evidence = read_evidence(bytes_of(records(schedule_record(), explored)));
        EXPECT_FALSE(evidence.faults.empty()) << key;
        EXPECT_FALSE(evidence.run_of(sample).explored) << key;
    }
    for (const std::string key :
         {"why", "outcome", "shortest", "text", "switches", "threads", "step_count", "steps"}) {
        auto schedule = schedule_record();
        schedule.erase(key);
        EXPECT_NE(fault_of_schedule(schedule), "") << key;
    }
    for (const std::string key : {"thread", "op", "atomic", "pc", "calls", "object", "size",
                                  "in_object", "offset", "locks"}) {
        auto schedule = schedule_record();
        schedule["steps"][0].erase(key);
        EXPECT_NE(fault_of_schedule(schedule), "") << key;
    }
}

TEST(EvidenceExplore, NumbersAreInRange) {
    constexpr long long most = std::numeric_limits<long long>::max();
    for (const char* key :
         {"executions", "threads", "steps", "restarts", "first_seen", "outcomes", "pending"}) {
        EXPECT_NE(fault_of(key, -1), "") << key;
        EXPECT_NE(fault_of(key, most), "") << key;
        EXPECT_NE(fault_of(key, "3"), "") << key;
    }
    EXPECT_NE(fault_of("first_seen", 4), "") << "after the last execution";
    EXPECT_NE(fault_of("threads", 65), "");
    EXPECT_EQ(fault_of("threads", 64), "");
}

TEST(EvidenceExplore, ExhaustedIsNotBelievedWhereSomethingElseSaysNo) {
    for (const char* because : {"time", "executions", "seen", "unstable", ""})
        EXPECT_NE(fault_of("because", because), "") << because;
    EXPECT_NE(fault_of("limit", "a blocking call that is not understood"), "");
    EXPECT_NE(fault_of("pending", 1), "");
    EXPECT_NE(fault_of("preemptions", 2), "") << "a bound leaves schedules out";
    for (const char* strategy : {"random", "pct", "round-robin", "noise", ""})
        EXPECT_NE(fault_of("strategy", strategy), "") << strategy;
    EXPECT_EQ(fault_of("strategy", "every"), "");
}

TEST(EvidenceExplore, CountsAgreeWithTheOutcomes) {
    EXPECT_EQ(fault_of("executions", 4),
              "line 6: explored another number of schedules than have an outcome");
    EXPECT_EQ(fault_of("outcomes", 2),
              "line 6: explored with another number of outcomes than were told");
    // Where it is not exhausted, some schedules may have come to no outcome; but none to two.
    auto explored = explored_record();
    explored["exhausted"] = false;
    explored["executions"] = 4;
    EXPECT_TRUE(read_evidence(bytes_of(records(schedule_record(), explored))).faults.empty());
    explored["executions"] = 2;
    EXPECT_FALSE(read_evidence(bytes_of(records(schedule_record(), explored))).faults.empty());
    explored["executions"] = explored["outcomes"] = 0;
    explored["exhausted"] = true;
    explored["first_seen"] = 0;
    EXPECT_FALSE(
        read_evidence(bytes_of({subject_record(), entered_record(0), explored})).faults.empty())
        << "all of no schedules";
}

TEST(EvidenceExplore, StepsAreOfThreadsThatThereAre) {
    auto schedule = schedule_record();
    schedule["steps"][1]["thread"] = 3;
    EXPECT_EQ(fault_of_schedule(schedule),
              "line 4: a step of a thread that the schedule does not have");
    for (const long long number : {-1LL, 64LL, 1LL << 40}) {
        schedule = schedule_record();
        schedule["threads"][0]["thread"] = number;
        EXPECT_EQ(fault_of_schedule(schedule), "line 4: no thread has that number") << number;
    }
    schedule = schedule_record();
    schedule["step_count"] = 1;
    EXPECT_EQ(fault_of_schedule(schedule), "line 4: a schedule tells more steps than it has");
}

TEST(EvidenceExplore, IsToldOnce) {
    const auto second = [](const json& record) {
        const auto evidence = read_evidence(
            bytes_of({subject_record(), entered_record(0), record, record, bye_record()}));
        return evidence.faults.empty() ? "" : evidence.faults.front();
    };
    auto explored = explored_record();
    explored["exhausted"] = false;
    EXPECT_EQ(second(explored), "line 4: a second explored record of one variant");
    EXPECT_EQ(second(schedule_record()), "line 4: a second schedule record of one variant");
    for (const auto& late : {explored_record(), schedule_record()})
        EXPECT_FALSE(
            read_evidence(bytes_of({subject_record(), entered_record(0), finished_record(0), late}))
                .faults.empty());
    for (const auto& early : {explored_record(), schedule_record()})
        EXPECT_FALSE(read_evidence(bytes_of({subject_record(), early})).faults.empty());
}

TEST(EvidenceExplore, ARestartForgetsCountsAndKeepsReports) {
    const json restarted = {{"record", "restarted"}, {"variant", sample}};
    const auto evidence = read_evidence(
        bytes_of({subject_record(), entered_record(0), trials_record(0, 5, true), report_record(),
                  restarted, trials_record(0, 2), finished_record(2)}));
    ASSERT_TRUE(evidence.faults.empty()) << evidence.faults.front();
    EXPECT_EQ(evidence.run_of(sample).trials, 2);
    EXPECT_EQ(evidence.run_of(sample).outcomes.size(), 1u);
    EXPECT_EQ(evidence.run_of(sample).reports.size(), 1u);
    EXPECT_FALSE(read_evidence(
                     bytes_of({subject_record(), entered_record(0), finished_record(0), restarted}))
                     .faults.empty());
}

}  // namespace
}  // namespace racepair::judge
