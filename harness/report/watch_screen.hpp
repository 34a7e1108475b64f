#pragma once

#include <map>
#include <string>

#include "../judge/result.hpp"
#include "console.hpp"

namespace racepair::report {

/// What trials of one variant have come to so far.
class Watched {
   public:
    Watched(const judge::CaseInfo& info, std::string variant, std::string definition)
        : info_(&info), variant_(std::move(variant)), definition_(std::move(definition)) {}

    /// Adds the trials of one process; where it died, how it ended counts as one more outcome.
    void add(const judge::Result& sample);

    const judge::CaseInfo& info() const { return *info_; }
    const std::string& variant() const { return variant_; }
    const std::string& definition() const { return definition_; }
    std::vector<judge::OutcomeCount> outcomes() const;
    long long trials() const { return trials_; }
    long long wrong() const { return wrong_; }
    long long flagged() const { return flagged_; }

   private:
    const judge::CaseInfo* info_;
    std::string variant_, definition_;
    std::map<std::string, long long> counts_;
    long long trials_ = 0, wrong_ = 0, flagged_ = 0;
};

/// How trials are run, and by whom they are watched.
struct Watching {
    std::string detector;  // "plain", "tsan"
    bool amplified = true;
    bool paused = false;
};

/// Both variants while their trials run, on a terminal of 80 × 24: a broken one left, the repair
/// right, their code, the outcomes with the right one marked, the counts, and the keys.
std::string watch_screen(const Watched& broken, const Watched& repair, const Watching& watching,
                         const Style& style);

/// The same as one line for each variant, where there is no terminal.
std::string watch_line(const Watched& watched, const Watching& watching);

}  // namespace racepair::report
