// The team of a subject that is explored: members are threads of that one run and no longer, so
// that a schedule begins with their creation and ends with their last step, and there is no gate to
// take part in it.

#include "racepair/team.hpp"

namespace racepair {

Team::Team(Scope scope) : scope_(scope) {}
Team::~Team() = default;

void Team::run_all(std::function<void(int)> work) {
    work_ = std::move(work);
    for (int index = 0; index < scope_.threads; ++index)
        members_.emplace_back(&Team::serve, this, index);
    for (auto& member : members_) member.join();
    members_.clear();
}

void Team::serve(int index) { work_(index); }

}  // namespace racepair
