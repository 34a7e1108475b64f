#include "call.hpp"

#include <signal.h>
#include <stdlib.h>

#include <cerrno>
#include <filesystem>

#include "judge/session.hpp"
#include "judge/subject_process.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::lying {
namespace {

namespace fs = std::filesystem;

/// What the tests' own caller has set is not what they are about.
void forget_settings() {
    for (const char* name :
         {"TSAN_OPTIONS", "GTEST_FILTER", "GTEST_TOTAL_SHARDS", "GTEST_SHARD_INDEX", "GTEST_OUTPUT",
          "GTEST_SHARD_STATUS_FILE", "TEST_PREMATURE_EXIT_FILE", "XML_OUTPUT_FILE"})
        unsetenv(name);
}

Answer answer_to(Words command, const Environment& environment, const std::string& results) {
    forget_settings();
    judge::Launch launch;
    launch.command = std::move(command);
    launch.environment = environment;
    launch.time_limit = std::chrono::minutes(4);
    auto traces = judge::run(launch);
    Answer answer{traces.ending.how == judge::Ended::exited ? traces.ending.code : -1,
                  std::move(traces.log)};
    if (fs::exists(results)) answer.results = judge::read_results(results).results;
    return answer;
}

}  // namespace

Answer call(const Call& call) {
    Words command;
    if (!call.confined.empty()) command = {RACEPAIR_CONFINE, call.confined};
    command.emplace_back(RACEPAIR_PROGRAM);
    command.insert(command.end(), call.arguments.begin(), call.arguments.end());
    return answer_to(command, call.environment, "");
}

Answer judge_subject(const std::string& subject, Call more) {
    const TemporaryDirectory directory;
    const auto results = directory / "results.json";
    Words command;
    if (!more.confined.empty()) command = {RACEPAIR_CONFINE, more.confined};
    for (const auto& word : {std::string(RACEPAIR_PROGRAM), std::string("judge"), subject})
        command.push_back(word);
    command.insert(command.end(), more.arguments.begin(), more.arguments.end());
    command.insert(command.end(), {"--results", results});
    return answer_to(command, more.environment, results);
}

Answer reproduce(const judge::Result& result) {
    const TemporaryDirectory directory;
    const auto results = directory / "results.json";
    return answer_to(
        {"/bin/sh", "-c", result.reproduce + " --results " + judge::shell_word(results)}, {},
        results);
}

bool is_gone(int pid) { return kill(pid, 0) == -1 && errno == ESRCH; }

}  // namespace racepair::lying
