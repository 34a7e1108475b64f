#include "subject/trials.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "evidence_of.hpp"
#include "racepair/team.hpp"
#include "subject/json_line.hpp"

extern "C" void __tsan_on_report(void* report);

namespace racepair::subject {
namespace {

constexpr long long for_ever = 3'600'000;  // ms; a plan with this budget must end by itself

VariantEntry variant(std::function<std::string(Team&)> trial) {
    VariantEntry made;
    made.name = "racy";
    made.trial = std::move(trial);
    return made;
}

CaseEntry entry() {
    CaseEntry made;
    made.name = "counters.sample";
    made.scope = {.threads = 3, .rounds = 5};
    made.expected = [](Scope scope) {
        return std::vector<std::string>{std::to_string(scope.threads * scope.rounds)};
    };
    return made;
}

judge::VariantRun run_of(std::function<std::string(Team&)> trial, const Plan& plan) {
    const auto evidence =
        evidence_of([&] { run_trials(entry(), variant(std::move(trial)), plan); });
    const auto& run = evidence.runs.at("counters.sample.racy");
    long long sum = 0;
    for (const auto& outcome : run.outcomes) sum += outcome.count;
    EXPECT_TRUE(run.entered && run.finished);
    EXPECT_EQ(sum, run.trials);
    EXPECT_EQ(run.told, plan.trials);
    return run;
}

/// A trial that gives "wrong" from its nth call on, counted from 1.
auto wrong_from(int nth) {
    return [nth, calls = 0](Team&) mutable { return ++calls >= nth ? "wrong" : "right"; };
}

TEST(Trials, AreAsManyAsPlanned) {
    for (const long long trials : {1, 2, 100}) {
        const auto run = run_of([](Team&) { return "1"; }, {.trials = trials});
        EXPECT_EQ(run.trials, trials);
        EXPECT_EQ(run.because, "trials");
        ASSERT_EQ(run.outcomes.size(), 1u);
        EXPECT_EQ(run.outcomes[0].outcome, "1");
        EXPECT_FALSE(run.outcomes[0].flagged);
    }
}

TEST(Trials, HaveATeamOfTheCasesScope) {
    const auto run = run_of(
        [](Team& team) {
            std::atomic<int> calls = 0;
            team.run([&] { calls += team.rounds(); });
            return std::to_string(calls);
        },
        {.trials = 20});
    ASSERT_EQ(run.outcomes.size(), 1u);
    EXPECT_EQ(run.outcomes[0].outcome, "15");
}

TEST(Trials, GoOnUntilAnotherOutcome) {
    const auto run =
        run_of(wrong_from(7), {.trials = 2, .budget_ms = for_ever, .until_outcome_not = {"right"}});
    EXPECT_EQ(run.trials, 7);
    EXPECT_EQ(run.because, "seen");
}

TEST(Trials, AreRunToTheEndEvenIfItShowsBefore) {
    const auto run =
        run_of(wrong_from(2), {.trials = 5, .budget_ms = for_ever, .until_outcome_not = {"right"}});
    EXPECT_EQ(run.trials, 5);
    EXPECT_EQ(run.because, "trials");
}

TEST(Trials, EachOfTheUsualOutcomesIsNothingToSee) {
    const auto run = run_of(wrong_from(3),
                            {.trials = 1, .budget_ms = 0, .until_outcome_not = {"right", "wrong"}});
    EXPECT_EQ(run.because, "budget");
}

TEST(Trials, EndWithTheirBudgetIfNothingShows) {
    const auto run =
        run_of(wrong_from(1000), {.trials = 10, .budget_ms = 0, .until_outcome_not = {"right"}});
    EXPECT_EQ(run.trials, 10);
    EXPECT_EQ(run.because, "budget");
}

TEST(Trials, ByTimeAreOneAtLeast) {
    const auto run = run_of([](Team&) { return "1"; }, {.trials = 0, .budget_ms = 0});
    EXPECT_EQ(run.trials, 1);
    EXPECT_EQ(run.because, "budget");
}

TEST(Trials, SpreadTheMembersOnceADefectThatMustShowDidNot) {
    const auto may_use = [] {
        cpu_set_t allowed;
        CPU_ZERO(&allowed);
        sched_getaffinity(0, sizeof allowed, &allowed);
        return CPU_COUNT(&allowed);
    };
    const int all = may_use();
    std::vector<bool> spread;
    const auto trial = [&](Team& team) {
        std::atomic<bool> one = false;
        team.run([&](int index) {
            if (index == 0) one = may_use() == 1;
        });
        spread.push_back(one && all > 1);
        return spread.size() == 5 ? "wrong" : "right";
    };
    const Plan until_wrong{.trials = 3, .budget_ms = for_ever, .until_outcome_not = {"right"}};
    run_of(trial, until_wrong);
    EXPECT_EQ(spread, (std::vector<bool>{false, false, false, all > 1, all > 1}));

    spread.clear();
    run_of(trial, {.trials = 5});
    EXPECT_EQ(spread, std::vector<bool>(5, false)) << "the next variant begins anew";
}

TEST(Trials, GoOnUntilAReport) {
    int calls = 0;
    const auto run = run_of(
        [&](Team&) {
            if (++calls == 4) __tsan_on_report(nullptr);
            return "1";
        },
        {.trials = 1, .budget_ms = for_ever, .until_report = true});
    EXPECT_EQ(run.trials, 4);
    EXPECT_EQ(run.because, "seen");
}

TEST(Trials, AreFlaggedByAReportMadeDuringThem) {
    int calls = 0;
    const auto run = run_of(
        [&](Team&) {
            if (++calls % 2 == 0) __tsan_on_report(nullptr);
            return "1";
        },
        {.trials = 6});
    ASSERT_EQ(run.outcomes.size(), 2u);
    EXPECT_EQ(run.outcomes[0].count, 3);
    EXPECT_TRUE(run.outcomes[1].flagged);
    EXPECT_EQ(run.outcomes[1].count, 3);
}

TEST(Trials, AnExceptionIsAnOutcome) {
    int calls = 0;
    const auto run = run_of(
        [&](Team&) -> std::string {
            if (++calls == 1) throw std::runtime_error("no luck");
            throw 17;
        },
        {.trials = 2});
    ASSERT_EQ(run.outcomes.size(), 2u);
    EXPECT_EQ(run.outcomes[0].outcome, "threw no luck");
    EXPECT_EQ(run.outcomes[1].outcome, "threw something that is no std::exception");
}

TEST(Trials, ManyDifferentOutcomesAllArrive) {
    int calls = 0;
    const auto run = run_of([&](Team&) { return std::to_string(++calls); }, {.trials = 5000});
    EXPECT_EQ(run.outcomes.size(), 5000u);
}

TEST(Trials, APageOfTextIsCut) {
    const auto run = run_of([](Team&) { return std::string(100'000, 'x'); }, {.trials = 3});
    ASSERT_EQ(run.outcomes.size(), 1u);
    EXPECT_EQ(run.outcomes[0].outcome, std::string(200, 'x'));
}

TEST(Trials, WithoutAChannelNothingIsSent) {
    EXPECT_EQ(lines_of([] {}), "");
    open_channel(-1);
    run_trials(entry(), variant([](Team&) { return "1"; }), {.trials = 3});
}

TEST(Alone, IsOneTrialWithOneThread) {
    int calls = 0;
    const auto evidence = evidence_of([&] {
        run_alone(entry(), variant([&](Team& team) {
                      ++calls;
                      return std::to_string(100 * team.threads() + team.rounds());
                  }));
    });
    EXPECT_EQ(calls, 1);
    const auto& run = evidence.runs.at("counters.sample.racy");
    EXPECT_EQ(run.alone, "105");
    EXPECT_EQ(run.alone_expected, std::vector<std::string>{"5"});
    EXPECT_FALSE(run.entered);
}

TEST(Alone, IsTheControlWhereOneIsStated) {
    for (const bool works : {true, false}) {
        auto company = entry();
        company.needs_company = true;
        auto stated = variant([](Team&) {
            ADD_FAILURE() << "this was run";
            return "1";
        });
        stated.control = [&] { return works; };
        const auto evidence = evidence_of([&] { run_alone(company, stated); });
        const auto& run = evidence.runs.at("counters.sample.racy");
        EXPECT_EQ(run.alone, works ? "right" : "wrong");
        EXPECT_EQ(run.alone_expected, std::vector<std::string>{"right"});
    }
}

TEST(Alone, IsLeftOutWhereItMakesNoSense) {
    const auto never = variant([](Team&) {
        ADD_FAILURE() << "this was run";
        return "1";
    });
    auto company = entry();
    company.needs_company = true;
    EXPECT_EQ(lines_of([&] { run_alone(company, never); }), "");
    auto unknown = entry();
    unknown.expected = nullptr;
    EXPECT_EQ(lines_of([&] { run_alone(unknown, never); }), "");
}

TEST(Channel, KeepsLinesOfSeveralThreadsApart) {
    const auto lines = lines_of([] {
        Team team({.threads = 8});
        team.run([](int index) {
            std::string buffer(20'000, '\0');
            JsonLine line(buffer.data(), buffer.size());
            const std::string text(10'000, static_cast<char>('a' + index));
            for (int i = 0; i < 20; ++i)
                send(line.record("x").key("text").text(text.data(), text.size()).end());
        });
    });
    std::istringstream in(lines);
    int count = 0;
    for (std::string line; std::getline(in, line); ++count) {
        const auto text = nlohmann::json::parse(line).at("text").get<std::string>();
        EXPECT_EQ(text, std::string(10'000, text[0]));
    }
    EXPECT_EQ(count, 160);
}

TEST(Channel, ALineThatDidNotFitIsTrouble) {
    const auto evidence = evidence_of([] {
        char buffer[10];
        JsonLine line(buffer, sizeof buffer);
        send(line.record("bye").end());
    });
    EXPECT_EQ(evidence.troubles.size(), 1u);
    EXPECT_FALSE(evidence.bye);
}

}  // namespace
}  // namespace racepair::subject
