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

/// `name` is "<mechanism>.<case>" or that with ".<variant>"; `variant` may name it apart. Without
/// either, it is the case's first one, which is the racy one. Throws UsageError for what there is
/// not, and judge::SubjectError.
Chosen choose(const std::string& subject, const std::string& name, const std::string& variant,
              const judge::Request& request);

}  // namespace racepair::cli
