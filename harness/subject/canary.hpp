#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "racepair/registry.hpp"

namespace racepair::subject {

/// The case that tells whether a detector works at all in this program, here and now: one race that
/// cannot be missed and its repair.
inline constexpr std::string_view canary_name = "racepair.canary";

/// Registers it, when called for the first time.
void register_canary();

/// Runs one trial of each of its variants, but for the one of that full name, which the caller is
/// about to run.
void run_canary(const std::string& except);

/// The same for those who run it in another way.
void run_canary(const std::string& except,
                const std::function<void(const CaseEntry&, const VariantEntry&)>& run);

}  // namespace racepair::subject
