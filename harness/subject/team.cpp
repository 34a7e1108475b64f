#include "racepair/team.hpp"

#include "preemption.hpp"
#include "report_hook.hpp"
#include "spread.hpp"
#include "team_of_one_run.hpp"

namespace racepair {
namespace {

bool members_live_one_run = false;

}  // namespace

void subject::let_members_live_one_run() { members_live_one_run = true; }

Team::Team(Scope scope) : scope_(scope) {}

Team::~Team() {
    if (!members_.empty()) subject::stop_preemption();
    dismissed_ = true;
    gate_.fetch_add(1);
    gate_.notify_all();
    for (auto& member : members_) member.join();
}

void Team::run_all(std::function<void(int)> work) {
    if (members_live_one_run) {
        for (int index = 0; index < scope_.threads; ++index)
            members_.emplace_back([&work, index] { work(index); });
        for (auto& member : members_) member.join();
        members_.clear();
        return;
    }
    if (members_.empty()) {
        subject::start_preemption();
        for (int index = 0; index < scope_.threads; ++index)
            members_.emplace_back(&Team::serve, this, index);
    }

    work_ = std::move(work);
    at_work_.store(scope_.threads);
    subject::expect_members(scope_.threads);
    gate_.fetch_add(1);
    gate_.notify_all();
    for (int left = at_work_.load(); left != 0; left = at_work_.load()) at_work_.wait(left);
}

void Team::serve(int index) {
    // A member that is late finds the gate open already: it must not skip that trial.
    for (unsigned passed = 0;; ++passed) {
        gate_.wait(passed);
        if (dismissed_) return;
        subject::take_place(index);
        subject::member_begins_work();
        subject::begin_work();
        work_(index);
        subject::end_work();
        subject::member_ends_work();
        // The last one to finish wakes the scenario. This orders a member's end with a later
        // member's end, and neither of them does anything for the trial after that.
        if (at_work_.fetch_sub(1) == 1) at_work_.notify_one();
    }
}

}  // namespace racepair
