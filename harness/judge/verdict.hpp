#pragma once

#include <string>
#include <string_view>

namespace racepair::judge {

/// What the judge concludes. A closed set: each result is exactly one of these.
enum class Verdict {
    caught,         // the defect was seen, of the right kind and in the right place
    clean,          // every trial finished and was right, and nothing was reported
    missed,         // a defect that was not seen
    false_alarm,    // a report, where nothing is wrong
    wrong_race,     // a report, but of another kind or elsewhere
    wrong_outcome,  // an outcome that is not right, where none should be or where only that shows
                    // the defect
    crashed,        // the subject did not come to an orderly end
    hung,           // it did not end in time
    tool_error,     // the set-up or the evidence cannot be trusted
    not_instrumented,  // the detector did not look
    not_run,           // there is nothing to judge, or less than was asked for
};

/// "CAUGHT", "FALSE_ALARM" …
std::string text_of(Verdict verdict);
/// The other way round; throws std::invalid_argument.
Verdict verdict_of(std::string_view text);

/// Why it matters, for the person who has to deal with it: one or two sentences.
std::string why_it_matters(Verdict verdict);

}  // namespace racepair::judge
