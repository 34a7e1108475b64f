#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include "../judge/exploring.hpp"
#include "../judge/result.hpp"
#include "../report/course.hpp"

namespace racepair::cli {

/// The person at the command line asked for something that cannot be done; the text says what and
/// what to do instead.
class UsageError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What the arguments of several commands mean. The first two throw CLI::ValidationError, as CLI11
/// wants it, the others UsageError.

/// "2s", "500ms", "1min" or "2" (seconds).
std::chrono::milliseconds duration_of(const std::string& text);

/// Threads and rounds: "2x3" or "2×3".
judge::Exploring::Scope scope_of(const std::string& text);

/// For CLI11: one of the detectors there are.
CLI::IsMember is_detector();

/// Unless `subject` is a program that can be started.
void must_be_program(const std::string& subject);

/// What the file holds, of 10 MB at most.
std::string text_of_file(const std::string& file);

/// The course that the file of a reading order describes.
std::vector<report::Part> course_in(const std::string& file);

/// The results of all files, in that order, as one document. What stands in several of them is
/// taken once, and standard error says so.
judge::Results read_all(const std::vector<std::string>& files);

/// Unless `file` is empty, or can be written: to be asked before anything takes time.
void must_be_writable(const std::string& file);

/// Writes the results, unless `file` is empty.
void leave(const judge::Results& results, const std::string& file);

/// Writes what is meant for a file; to standard output if `file` is empty.
void put(const std::string& text, const std::string& file);

}  // namespace racepair::cli
