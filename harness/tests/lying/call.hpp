#pragma once

#include <map>
#include <string>
#include <vector>

#include "judge/exit_code.hpp"
#include "judge/result.hpp"

namespace racepair::lying {

using judge::Verdict;
using Words = std::vector<std::string>;
using Environment = std::map<std::string, std::string>;

/// What a call of `racepair` came to.
struct Answer {
    int exit_code = -1;                    // -1: it did not end by itself
    std::string text;                      // all that it printed
    std::vector<judge::Result> results{};  // as they stand in its file of results

    bool says(const std::string& part) const { return text.find(part) != std::string::npos; }
};

/// How `racepair` is called.
struct Call {
    Words arguments{};
    Environment environment{};  // the options of sanitizers and of GoogleTest are not those of the
                                // caller, only these
    std::string confined{};     // "": not; otherwise as confine.cpp takes it
};

/// Calls `racepair` as it is.
Answer call(const Call& call);

/// Calls `racepair judge SUBJECT …` and reads its results.
Answer judge_subject(const std::string& subject, Call more = {});

/// Has a shell run the command that a result says reproduces it, and reads the results of that.
Answer reproduce(const judge::Result& result);

/// Is the process gone, reaped as well?
bool is_gone(int pid);

}  // namespace racepair::lying
