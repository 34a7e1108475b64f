#pragma once

#include <string>
#include <vector>

namespace racepair::command {

/// What a call of a program came to.
struct Said {
    int exit_code = -1;  // -1: it did not end by itself
    int signal = 0;      // that ended it
    std::string text;    // all that it printed

    bool has(const std::string& part) const { return text.find(part) != std::string::npos; }
    /// The rest of the first line that begins like this; "" if none does.
    std::string after(const std::string& begin) const;
};

/// `racepair words…`, where "CASES" stands for the course, and "EXPLORED" for the programs
/// that the explorer is tested with.
Said racepair(std::vector<std::string> words);

/// What a shell makes of a command.
Said shell(const std::string& command);

/// The course itself, without a judge.
Said subject(std::vector<std::string> words);

}  // namespace racepair::command
