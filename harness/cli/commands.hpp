#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "../judge/session.hpp"

namespace racepair::cli {

/// The person at the command line asked for something that cannot be done; the text says what and
/// what to do instead.
class UsageError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct JudgeOptions {
    std::vector<std::string> subjects;
    judge::Request request;
    std::string filter;
    bool canary = false;
    std::string results_file;
    std::vector<std::string> gtest_arguments;
};

struct ListOptions {
    std::vector<std::string> subjects;
    bool json = false;
    std::string order_file;  // "": no course is asked for
    std::vector<std::string> expected_files;
    std::string detector;      // "": the one that the subject was built for
    std::string ctest_target;  // "": no script for CTest is asked for
    std::string results_dir;   // of its tests, as all that follows
    std::string judge_program;
    std::string suffix;
    std::vector<std::string> labels;
    std::optional<long long> trials;
    std::optional<long long> timeout_s;
    bool only_canary = false;
};

struct DoctorOptions {
    std::vector<std::string> subjects;
    bool json = false;
    std::string judge_program;
};

struct ShowOptions {
    std::vector<std::string> files;
    std::string pair;
};

struct ExploreOptions {
    std::string subject;
    std::string name;     // "<mechanism>.<case>", or that with ".<variant>"
    std::string variant;  // "": the one in the name, or all
    judge::Request request;
    bool until_seen = false;
    std::string json_file;
};

struct ReplayOptions {
    std::string subject;
    std::string name;
    std::string variant;
    judge::Request request;  // with the schedule
    bool gdb = false;
};

struct MatrixOptions {
    std::vector<std::string> sources;  // programs of cases, or files of results (.json)
    judge::Request request;
    std::string results_file;
    bool rates = false;  // as comma-separated values, in place of the table
};

/// Each returns an exit code of judge/exit_code.hpp and throws UsageError.
int judge(const JudgeOptions& options);
int list(const ListOptions& options);
int doctor(const DoctorOptions& options);
int show(const ShowOptions& options);
int explore(const ExploreOptions& options);
int matrix(const MatrixOptions& options);
int replay(const ReplayOptions& options);

/// Throws UsageError unless `subject` is a program that can be started.
void must_be_program(const std::string& subject);

}  // namespace racepair::cli
