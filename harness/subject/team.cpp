#include "racepair/team.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>

#include "preemption.hpp"
#include "report_hook.hpp"
#include "spread.hpp"
#include "team_of_one_run.hpp"

namespace racepair {
namespace {

bool members_live_one_run = false;

// Not std::atomic's own wait and notify: they count the waiting threads in a word that all of them
// write, and where the library's code is instrumented that word orders a member which has finished
// with a member which is late to leave the gate. A race between the two went unseen.
template <class T>
void wait_while(std::atomic<T>& word, T value) {
    static_assert(sizeof(word) == sizeof(int));
    while (word.load() == value)
        syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, value, nullptr, nullptr, 0);
}

template <class T>
void wake_all(std::atomic<T>& word) {
    syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

}  // namespace

void subject::let_members_live_one_run() { members_live_one_run = true; }

Team::Team(Scope scope) : scope_(scope) {}

Team::~Team() {
    if (!members_.empty()) subject::stop_preemption();
    dismissed_ = true;
    gate_.fetch_add(1);
    wake_all(gate_);
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
    wake_all(gate_);
    for (int left = at_work_.load(); left != 0; left = at_work_.load()) wait_while(at_work_, left);
}

void Team::serve(int index) {
    // A member that is late finds the gate open already: it must not skip that trial.
    for (unsigned passed = 0;; ++passed) {
        wait_while(gate_, passed);
        if (dismissed_) return;
        subject::take_place(index);
        subject::member_begins_work();
        subject::begin_work();
        work_(index);
        subject::end_work();
        subject::member_ends_work();
        // The last one to finish wakes the scenario. This orders a member's end with a later
        // member's end, and neither of them does anything for the trial after that.
        if (at_work_.fetch_sub(1) == 1) wake_all(at_work_);
    }
}

}  // namespace racepair
