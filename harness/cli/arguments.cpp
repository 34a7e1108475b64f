#include "arguments.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <set>
#include <utility>

#include "../judge/detector.hpp"
#include "../judge/whole_file.hpp"

namespace racepair::cli {
namespace {

/// Which run a result is of: of two, something among these differs, if only the time they took.
std::string run_of(const judge::Result& result) {
    return fmt::format("{}|{}|{}|{}|{}|{}|{}", result.name, result.detector, result.subject,
                       result.microseconds, result.trials, result.processes,
                       static_cast<int>(result.verdict));
}

}  // namespace

std::chrono::milliseconds duration_of(const std::string& text) {
    std::size_t used = 0;
    double number = 0;
    try {
        number = std::stod(text, &used);
    } catch (const std::exception&) {
    }
    const auto unit = text.substr(used);
    const double scale = unit == "ms"                  ? 1
                         : unit == "s" || unit.empty() ? 1000
                         : unit == "min"               ? 60'000
                                                       : 0;
    if (used == 0 || scale == 0 || !(number > 0) || number * scale > 1e9)
        throw CLI::ValidationError("'" + text + "' is no duration: write 500ms, 2s or 1min");
    return std::chrono::milliseconds(static_cast<long long>(number * scale));
}

judge::Exploring::Scope scope_of(const std::string& text) {
    const std::string cross = text.find("×") != std::string::npos ? "×" : "x";
    const auto at = text.find(cross);
    judge::Exploring::Scope scope{0, 0};
    const auto read = [](const std::string& part, int& number) {
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        return error == std::errc() && end == part.data() + part.size() && number > 0;
    };
    if (at == std::string::npos || !read(text.substr(0, at), scope.threads) ||
        !read(text.substr(at + cross.size()), scope.rounds) || scope.threads > 10'000)
        throw CLI::ValidationError("'" + text + "' is no scope: write threads and rounds as 2x2");
    return scope;
}

CLI::IsMember is_detector() {
    std::vector<std::string> names;
    for (const auto* detector : judge::all_detectors()) names.push_back(detector->name);
    return CLI::IsMember(names);
}

void must_be_program(const std::string& subject) {
    std::error_code error;
    const auto status = std::filesystem::status(subject, error);
    if (!std::filesystem::exists(status))
        throw UsageError(fmt::format(
            "there is no subject {}\nNext: build it, for example cmake --workflow --preset tsan",
            subject));
    if (std::filesystem::is_directory(status) || access(subject.c_str(), X_OK) != 0)
        throw UsageError(fmt::format("{} is not a program that can be started", subject));
}

std::string text_of_file(const std::string& file) {
    try {
        return judge::read_whole(file, 10'000'000);
    } catch (const std::runtime_error& wrong) {
        throw UsageError(wrong.what());
    }
}

std::vector<report::Part> course_in(const std::string& file) {
    const auto text = text_of_file(file);
    try {
        return report::read_order(text);
    } catch (const std::runtime_error& wrong) {
        throw UsageError(fmt::format("{}: {}", file, wrong.what()));
    }
}

judge::Results read_all(const std::vector<std::string>& files) {
    judge::Results all;
    std::set<std::string> known;
    int again = 0;
    for (const auto& file : files) {
        try {
            auto read = judge::read_results(file);
            if (all.command.empty()) all.command = read.command;
            std::set<std::string> here;
            for (auto& result : read.results) {
                const auto run = run_of(result);
                if (known.contains(run)) {
                    ++again;
                    continue;
                }
                here.insert(run);
                all.results.push_back(std::move(result));
            }
            known.merge(here);
        } catch (const std::runtime_error& wrong) {
            throw UsageError(wrong.what());
        }
    }
    if (again > 0)
        fmt::print(stderr, "{} in several of these files, counted once\n",
                   again == 1 ? "1 result stands" : fmt::format("{} results stand", again));
    all.judge_version = RACEPAIR_VERSION;
    return all;
}

void must_be_writable(const std::string& file) {
    if (file.empty()) return;
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
        throw UsageError("cannot write " + file + ": it is a folder");
    const auto probe = fmt::format("{}.{}.probe", file, getpid());
    try {
        judge::write_whole(probe, "");
    } catch (const std::runtime_error&) {
        throw UsageError("cannot write " + file + ": is the folder there, and is it yours?");
    }
    std::filesystem::remove(probe, error);
}

void leave(const judge::Results& results, const std::string& file) {
    if (file.empty()) return;
    try {
        judge::write_results(results, file);
    } catch (const std::runtime_error& wrong) {
        throw UsageError(wrong.what());
    }
}

void put(const std::string& text, const std::string& file) {
    if (file.empty()) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return;
    }
    try {
        judge::write_whole(file, text);
    } catch (const std::runtime_error& wrong) {
        throw UsageError(wrong.what());
    }
}

}  // namespace racepair::cli
