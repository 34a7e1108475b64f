#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "session.hpp"

namespace racepair::judge {

/// GoogleTest as the judge's front: one test for each case and variant of each session, at the
/// case's own file and line, so that filters, sharding, shuffling, XML and JSON output work as
/// everywhere.
class Front {
   public:
    using OnResult = std::function<void(const Result&)>;

    /// Takes the `--gtest_…` arguments; an unknown one is named by the return value of
    /// unknown_flag().
    explicit Front(std::vector<std::string> gtest_arguments);

    /// The first argument that GoogleTest did not understand, or "". It would ignore it and exit 0.
    const std::string& unknown_flag() const { return unknown_flag_; }

    /// Registers the variants of a session. The canary comes only with `canary`, and then alone.
    void add(const Session& session, bool canary);

    /// Judges what the filter selects. `on_begin` is called before, `on_result` after each variant.
    /// Returns all results; none if nothing was selected.
    std::vector<Result> run(const std::function<void(const std::string& name)>& on_begin,
                            const OnResult& on_result);

    /// Was only a list of tests asked for (and printed by run())?
    bool only_lists() const;

   private:
    std::string unknown_flag_;
};

}  // namespace racepair::judge
