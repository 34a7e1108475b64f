#include "trials.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "channel.hpp"
#include "json_line.hpp"
#include "racepair/team.hpp"
#include "report_hook.hpp"
#include "spread.hpp"

namespace racepair {

ObjectUnderTest::ObjectUnderTest(const void* begin, std::size_t size) {
    subject::object_lives_at(begin, size);
}
ObjectUnderTest::~ObjectUnderTest() { subject::object_lives_at(nullptr, 0); }

namespace subject {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto batch_time = std::chrono::milliseconds(1);
constexpr std::size_t most_outcomes_of_batch = 200;

/// Outcomes that were not sent yet, as counts.
class Batch {
   public:
    explicit Batch(const std::string& name) : name_(name) {}

    void add(std::string outcome, bool flagged) {
        ++counts_[{std::move(outcome), flagged}];
        ++trials_;
    }

    bool is_due(Clock::time_point now) const {
        return trials_ > 0 &&
               (now - sent_ >= batch_time || counts_.size() >= most_outcomes_of_batch);
    }

    void send_all(Clock::time_point now) {
        if (trials_ > 0) {
            JsonLine line(buffer_, sizeof buffer_);
            line.record("trials").key("variant").text(name_.data(), name_.size());
            line.key("from")
                .number(first_)
                .key("count")
                .number(trials_)
                .key("outcomes")
                .begin_array();
            for (const auto& [seen, count] : counts_) {
                // An outcome is a word or a number; a page of text would only fill the pipe.
                line.begin_object().key("outcome").text(
                    seen.first.data(), std::min<std::size_t>(seen.first.size(), 200));
                line.key("flagged").boolean(seen.second).key("count").number(count).end_object();
            }
            send(line.end_array().end());
        }
        first_ += trials_;
        trials_ = 0;
        counts_.clear();
        sent_ = now;
    }

   private:
    const std::string& name_;
    std::map<std::pair<std::string, bool>, long long> counts_;
    long long first_ = 0;
    long long trials_ = 0;
    Clock::time_point sent_ = Clock::now();
    char buffer_[128 * 1024];
};

/// The variant's whole name, kept for good: reports may come until the very end of the process.
const std::string& kept_name(const CaseEntry& entry, const VariantEntry& variant) {
    static std::vector<std::string*> names;
    return *names.emplace_back(new std::string(entry.name + "." + variant.name));
}

std::string run_one(const VariantEntry& variant, Team& team) {
    try {
        return variant.trial(team);
    } catch (const std::exception& thrown) {
        return std::string("threw ") + thrown.what();
    } catch (...) {
        return "threw something that is no std::exception";
    }
}

}  // namespace

void run_alone(const CaseEntry& entry, const VariantEntry& variant) {
    if (entry.needs_company ? !variant.control : !entry.expected) return;
    const Scope scope{.threads = 1, .rounds = entry.scope.rounds};
    std::vector<char> buffer(32 * 1024);
    const std::string& name = kept_name(entry, variant);
    now_running(name.c_str(), -1);
    Team team(scope);
    VariantEntry control = variant;
    if (entry.needs_company)
        control.trial = [&](Team&) { return variant.control() ? "right" : "wrong"; };
    const std::string outcome = run_one(control, team);
    const auto expected =
        entry.needs_company ? std::vector<std::string>{"right"} : entry.expected(scope);
    JsonLine line(buffer.data(), buffer.size());
    line.record("alone").key("variant").text(name.data(), name.size());
    line.key("outcome").text(outcome.data(), std::min<std::size_t>(outcome.size(), 200));
    line.key("expected").begin_array();
    for (const auto& right : expected) line.text(right.data(), right.size());
    send(line.end_array().end());
}

void run_trials(const CaseEntry& entry, const VariantEntry& variant, const Plan& plan) {
    const std::string& name = kept_name(entry, variant);
    std::vector<char> buffer(8 * 1024);
    JsonLine line(buffer.data(), buffer.size());

    now_running(name.c_str(), -1);
    line.record("entered")
        .key("variant")
        .text(name.data(), name.size())
        .key("trials")
        .number(plan.trials);
    send(line.end());

    const bool goes_on = plan.until_report || !plan.until_outcome_not.empty();
    const auto begin = Clock::now();
    const auto budget = std::chrono::milliseconds(plan.budget_ms);
    const char* because = "trials";
    bool seen = false;
    long long trial = 0;
    auto batch = std::make_unique<Batch>(name);
    gather_members();
    Team team(entry.scope);
    for (;; ++trial) {
        if (trial > 0 && trial >= plan.trials) {
            if (plan.trials > 0 && !goes_on) break;
            if (goes_on && seen) {
                because = trial > plan.trials ? "seen" : "trials";
                break;
            }
            if (Clock::now() - begin >= budget) {
                because = "budget";
                break;
            }
        }
        if (goes_on && trial == plan.trials) spread_members();
        now_running(name.c_str(), trial);
        const long long reports_before = reports_so_far();
        std::string outcome = run_one(variant, team);
        const bool flagged = reports_so_far() != reports_before;
        if (goes_on && !seen) {
            const auto& usual = plan.until_outcome_not;
            seen = plan.until_report
                       ? flagged
                       : std::find(usual.begin(), usual.end(), outcome) == usual.end();
        }
        batch->add(std::move(outcome), flagged);
        if (const auto now = Clock::now(); batch->is_due(now)) batch->send_all(now);
    }
    batch->send_all(Clock::now());

    const auto elapsed =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin).count();
    line.record("finished")
        .key("variant")
        .text(name.data(), name.size())
        .key("trials")
        .number(trial);
    line.key("because").text(because).key("microseconds").number(elapsed);
    send(line.end());
}

}  // namespace subject
}  // namespace racepair
