// CTest itself is asked what it reads from the script.

#include "report/ctest_script.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/temporary_directory.hpp"

namespace racepair::report {
namespace {

using nlohmann::json;

struct Test {
    std::vector<std::string> command;
    std::map<std::string, json> properties;
};

/// The tests of a subject by their names, as CTest sees them.
std::map<std::string, Test> read_by_ctest(const CtestSettings& settings) {
    const TemporaryDirectory directory;
    judge::Request request;
    request.detector = "plain";  // whatever the preset
    const judge::Session session(RACEPAIR_ODD_NAMES, request, judge::this_machine());
    directory.write("script", ctest_script(session, settings));
    // The same way as RacepairDiscover.cmake takes.
    directory.write("CTestTestfile.cmake", "file(READ [==[" + directory / "script" +
                                               "]==] tests)\n"
                                               "cmake_language(EVAL CODE \"${tests}\")\n");
    const std::string command =
        std::string(RACEPAIR_CTEST) + " --test-dir '" + directory / "" + "' --show-only=json-v1";
    FILE* pipe = popen(command.c_str(), "r");
    std::string said;
    for (int byte; (byte = std::fgetc(pipe)) != EOF;) said += static_cast<char>(byte);
    EXPECT_EQ(pclose(pipe), 0) << said;

    std::map<std::string, Test> tests;
    if (!json::accept(said)) return tests;
    const auto document = json::parse(said);
    for (const auto& test : document.at("tests")) {
        auto& read = tests[test.at("name")];
        if (test.contains("command")) read.command = test.at("command");
        for (const auto& property : test.at("properties"))
            read.properties[property.at("name")] = property.at("value");
    }
    return tests;
}

/// CTest shows the command only if the program is there.
class CtestScript : public testing::Test {
   protected:
    TemporaryDirectory directory_;
    CtestSettings settings{directory_.write("race]]pair;", ""), "my_cases", "/results \"dir\"", 77};

    CtestScript() {
        std::filesystem::permissions(settings.judge_program, std::filesystem::perms::owner_all);
    }
};

TEST_F(CtestScript, AddsATestForEachVariantAndForTheCanary) {
    std::vector<std::string> names;
    for (const auto& [name, test] : read_by_ctest(settings)) names.push_back(name);
    EXPECT_EQ(names, (std::vector<std::string>{
                         "my_cases.canary",
                         "odd.brackets]]and]=]more].fixed",
                         "odd.brackets]]and]=]more].ra]cy",
                         "odd.quotes\"and\\back${slashes}.(fixed)#",
                         "odd.semi;colon and blank.$ENV{HOME}",
                         "odd.semi;colon and blank.a;b",
                         "plain.name.volatile",
                     }));
}

TEST_F(CtestScript, EachTestJudgesItsOwnVariant) {
    for (const auto& [name, test] : read_by_ctest(settings)) {
        const bool is_canary = name == "my_cases.canary";
        std::vector<std::string> expected = {settings.judge_program, "judge", RACEPAIR_ODD_NAMES,
                                             "--detector", "plain"};
        if (is_canary)
            expected.push_back("--canary");
        else
            expected.insert(expected.end(), {"--filter", name});
        expected.insert(expected.end(), {"--results", settings.results_dir + "/" + name + ".json"});
        EXPECT_EQ(test.command, expected) << name;
    }
}

TEST_F(CtestScript, WithoutAFolderNoResultsAreKept) {
    auto without = settings;
    without.results_dir.clear();
    const auto tests = read_by_ctest(without);
    ASSERT_EQ(tests.size(), 7u);
    EXPECT_EQ(tests.at("plain.name.volatile").command.back(), "plain.name.volatile");
}

TEST_F(CtestScript, NoTestRunsBeforeTheCanary) {
    const auto tests = read_by_ctest(settings);
    const json fixture = {"racepair_canary_my_cases"};
    for (const auto& [name, test] : tests) {
        const bool is_canary = name == "my_cases.canary";
        EXPECT_EQ(test.properties.at(is_canary ? "FIXTURES_SETUP" : "FIXTURES_REQUIRED"), fixture);
        EXPECT_EQ(test.properties.count(is_canary ? "FIXTURES_REQUIRED" : "FIXTURES_SETUP"), 0u);
    }
}

TEST_F(CtestScript, TestsHaveLabelsAndBounds) {
    const auto tests = read_by_ctest(settings);
    const auto& test = tests.at("plain.name.volatile");
    EXPECT_EQ(test.properties.at("LABELS"), json({"plain", "wrong_fix"})) << "sorted by CTest";
    EXPECT_EQ(test.properties.at("TIMEOUT"), 77.0);
    EXPECT_EQ(test.properties.at("PROCESSORS"), 2) << "a miscount needs two CPUs";
    EXPECT_EQ(tests.at("my_cases.canary").properties.at("LABELS"), json({"canary", "plain"}));
    EXPECT_EQ(tests.at("odd.brackets]]and]=]more].ra]cy").properties.at("LABELS"),
              json({"odd", "plain", "racy"}));
}

TEST_F(CtestScript, CarriesWhatAProjectAskedFor) {
    settings.judge_options = {"--trials", "20"};
    settings.labels = {"nightly", "two words"};
    settings.suffix = ".plain";
    const auto tests = read_by_ctest(settings);
    ASSERT_TRUE(tests.contains("plain.name.volatile.plain"));
    const auto& test = tests.at("plain.name.volatile.plain");
    const auto has = [&](std::vector<std::string> words) {
        return std::search(test.command.begin(), test.command.end(), words.begin(), words.end()) !=
               test.command.end();
    };
    EXPECT_TRUE(has({"--filter", "plain.name.volatile"}));
    EXPECT_TRUE(has({"--trials", "20"}));
    EXPECT_EQ(test.properties.at("LABELS"), json({"nightly", "plain", "two words", "wrong_fix"}));
}

TEST_F(CtestScript, OfACanaryHasNothingElse) {
    settings.only_canary = true;
    const auto tests = read_by_ctest(settings);
    ASSERT_EQ(tests.size(), 1u);
    EXPECT_EQ(tests.begin()->first, "my_cases.canary");
}

}  // namespace
}  // namespace racepair::report
