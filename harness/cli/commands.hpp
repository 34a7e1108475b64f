#pragma once

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
    std::string ctest_target;
    std::string results_dir;
    std::string judge_program;
    std::vector<std::string> expected_files;
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

/// Each returns an exit code of judge/exit_code.hpp and throws UsageError.
int judge(const JudgeOptions& options);
int list(const ListOptions& options);
int doctor(const DoctorOptions& options);
int show(const ShowOptions& options);

/// Throws UsageError unless `subject` is a program that can be started.
void must_be_program(const std::string& subject);

}  // namespace racepair::cli
