#pragma once

#include <memory>
#include <string>

#include "../judge/session.hpp"
#include "commands.hpp"

namespace racepair::cli {

/// A variant of a subject that explores, as the command line names it.
struct Chosen {
    std::unique_ptr<judge::Session> session;
    const judge::CaseInfo* info = nullptr;
    const judge::VariantInfo* variant = nullptr;
    bool was_named = false;  // and not taken because it is the first
};

/// What names a variant of a subject that explores.
struct Choice {
    std::string subject;
    std::string name;     // "<mechanism>.<case>", or that with ".<variant>"
    std::string variant;  // apart from the name; "" for the case's first, the racy one
};

/// The options that say it, and in which scope and on which threads it runs. Both objects have to
/// live as long as the command.
void add_choice(CLI::App& command, Choice& choice, judge::Exploring& exploring);

/// Throws UsageError for what there is not, and judge::SubjectError.
Chosen choose(const Choice& choice, const judge::Request& request);

}  // namespace racepair::cli
