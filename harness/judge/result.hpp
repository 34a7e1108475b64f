#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence.hpp"
#include "expectation.hpp"
#include "verdict.hpp"
#include "weighing.hpp"

namespace racepair::judge {

/// Everything the judge knew about one variant under one detector, and what it concluded. All
/// output is made of this.
struct Result {
    std::string name;  // "<mechanism>.<case>.<variant>"
    CaseInfo info;
    std::string variant;
    std::string detector;
    std::string subject;  // path of the program
    Identity identity;

    Expectation expectation;
    Verdict verdict = Verdict::not_run;
    bool as_expected = false;
    std::string seen;                  // one sentence
    std::vector<std::string> details;  // what else has to be known to act on it
    std::vector<std::string> notes;    // what the judge neutralised or switched off

    long long told = 0;
    long long trials = 0;
    std::string because;  // why the trials ended
    long long microseconds = 0;
    int processes = 0;
    std::string alone;  // the outcome with one thread, "" where it was not tried
    Cells cells;
    std::vector<OutcomeCount> outcomes;
    std::vector<Report> reports;
    std::vector<Report> suppressed;  // those that the user's suppressions kept from being reports
    std::optional<Exploration> explored;
    std::optional<ScheduleStory> schedule;

    std::string ending;  // how the process ended, in words
    int orphans = 0;
    std::string log;  // of the subject: its standard output and error, clipped in the middle
    long long log_dropped = 0;
    std::map<std::string, std::string>
        code;                // "file:line" of the frames to blame, as the source has it
    std::string definition;  // the variant's own text
    std::string reproduce;   // the command that leads to this very verdict

    const VariantInfo& variant_info() const;
};

/// What one call of the judge came to.
struct Results {
    static constexpr int version = 1;
    std::string judge_version;
    std::string command;
    std::vector<Result> results;
};

/// The document of results, version 1, as a whole or not at all. Throws std::runtime_error (with
/// the path and the cause) if the file cannot be written.
void write_results(const Results& results, const std::string& path);

/// Throws std::runtime_error if the file is missing, is not such a document, is of another version,
/// is larger than 190 MB or contradicts itself. Texts come cleaned (see clean_text()), whoever
/// wrote them. Memory: some three times the file, for as long as it is read.
Results read_results(const std::string& path);

/// The same of a text in memory; `path` is what errors call it.
Results parse_results(std::string_view text, const std::string& path);

}  // namespace racepair::judge
