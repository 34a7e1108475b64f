// What each format promises its reader, of whatever text a subject or a file brings along.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <set>

#include "report/alert.hpp"
#include "report/format.hpp"
#include "report/github.hpp"
#include "report/gitlab.hpp"
#include "report/gradescope.hpp"
#include "report/junit.hpp"
#include "report/markdown.hpp"
#include "report/sarif.hpp"
#include "sample_results.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::report {
namespace {

using namespace judge;
using nlohmann::json;

Results golden() { return read_results(std::string(RACEPAIR_GOLDEN) + "/results.json"); }

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// What breaks one format or another, and what a terminal obeys.
const std::string hostile =
    "50% of it\nsecond, line: ]]>\r\"quotes\" 'too' <script>alert(1)</script> &amp; `code` | "
    "\x1b[31mred\x07 \xC3\x28 \xFF\xFE \xED\xA0\x80 \xEF\xBF\xBF ::error::x";

/// It stands wherever a subject or a file has a say.
Results hostile_results() {
    auto result = racy_under_tsan();
    result.verdict = Verdict::wrong_race;
    result.as_expected = false;
    for (auto* text : {&result.seen, &result.log, &result.reproduce, &result.definition,
                       &result.ending, &result.info.lesson})
        *text = hostile;
    result.info.name = "web." + hostile;
    result.name = result.info.name + ".racy";
    result.info.file = "/cases/" + hostile;
    result.details = result.notes = {hostile};
    result.info.expected = {hostile};
    result.outcomes = {{hostile, true, 1}};
    result.reports[0].kind = hostile;
    result.reports[0].accesses[0].stack[1] = {hostile, "/cases/" + hostile, 7, hostile};
    auto other = result;
    other.reports.clear();
    other.verdict = Verdict::crashed;
    return {"0.1.0", hostile, {result, other}};
}

bool is_control(unsigned char byte) { return (byte < 0x20 && byte != '\n') || byte == 0x7F; }

TEST(EachFormat, IsUtf8WithoutControlCharacters) {
    for (const auto& format : all_formats()) {
        const auto text = format.write(hostile_results(), "/cases");
        EXPECT_TRUE(std::none_of(text.begin(), text.end(), is_control)) << format.name;
        EXPECT_NO_THROW(json(text).dump()) << format.name << " is not UTF-8";
        EXPECT_FALSE(has(text, "\xEF\xBF\xBF")) << format.name;
    }
}

TEST(EachFormat, TakesALogOfAMegabyte) {
    auto results = hostile_results();
    for (auto& result : results.results)
        for (auto* text : {&result.log, &result.seen, &result.reproduce, &result.notes[0]})
            *text = std::string(1'000'000, 'x') + hostile;
    for (const auto& format : all_formats()) {
        const auto text = format.write(results, "/cases");
        EXPECT_GT(text.size(), 100u) << format.name;
        EXPECT_LT(text.size(), 500'000u) << format.name;
    }
}

TEST(EachFormat, SaysNothingOfNothing) {
    for (const auto& format : all_formats())
        EXPECT_NO_THROW(format.write({"0.1.0", "", {}}, "/")) << format.name;
}

pugi::xml_document xml_of(const std::string& text) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(text.c_str())) << text;
    return document;
}

TEST(Junit, HasATestForEachResultAndUniqueNames) {
    const auto results = golden().results;
    const auto document = xml_of(junit_of(results));
    std::set<std::string> names;
    std::map<std::string, int> kinds;
    std::size_t tests = 0;
    for (const auto suite : document.child("testsuites")) {
        EXPECT_EQ(suite.attribute("tests").as_llong(), std::distance(suite.begin(), suite.end()));
        for (const auto test : suite) {
            ++tests;
            ++kinds[test.first_child().name()];
            names.insert(std::string(test.attribute("classname").value()) + "." +
                         test.attribute("name").value());
        }
    }
    EXPECT_EQ(tests, results.size());
    EXPECT_EQ(names.size(), results.size());
    EXPECT_EQ(kinds["error"], 5) << "nothing could be judged";
    EXPECT_EQ(kinds["failure"], 6);
    EXPECT_EQ(document.child("testsuites").attribute("failures").as_int(), 6);
    EXPECT_EQ(document.child("testsuites").attribute("errors").as_int(), 5);
}

TEST(Junit, TellsRepeatedResultsApart) {
    auto results = golden().results;
    results.push_back(results.front());
    const auto text = junit_of(results);
    EXPECT_TRUE(has(text, "racy [tsan clang 14] (2)")) << text;
}

TEST(Junit, SaysVerdictAndSignature) {
    const auto text = junit_of(golden().results);
    EXPECT_TRUE(has(text,
                    "message=\"FALSE_ALARM of data-race: site.cpp site::Fixed::hits with site.cpp "
                    "site::Fixed::visit: flagged, though it is said to be correct"))
        << text;
}

TEST(Junit, KeepsTextAsItIs) {
    const auto document = xml_of(junit_of(hostile_results().results));
    const std::string message = document.child("testsuites")
                                    .first_child()
                                    .first_child()
                                    .first_child()
                                    .attribute("message")
                                    .value();
    EXPECT_TRUE(has(message, "]]>")) << message;
    EXPECT_TRUE(has(message, "<script>alert(1)</script> &amp; `code`")) << message;
}

TEST(Junit, IsWhatItsReadersTake) {
    if (std::system("command -v xmllint >/dev/null") != 0)
        GTEST_SKIP() << "xmllint is not there: sudo apt-get install libxml2-utils";
    const TemporaryDirectory directory;
    for (const auto& results : {golden(), hostile_results(), Results{"0.1.0", "", {}}}) {
        const auto file = directory.write("junit.xml", junit_of(results.results));
        EXPECT_EQ(std::system(("xmllint --noout --relaxng '" + std::string(RACEPAIR_JUNIT_SCHEMA) +
                               "' '" + file + "' 2>&1")
                                  .c_str()),
                  0);
    }
}

json only_run(const Results& results, const std::string& folder) {
    return json::parse(sarif_of(results, folder)).at("runs").at(0);
}

TEST(Sarif, HoldsWhatNobodyExpectedAndNothingElse) {
    const auto results = only_run(golden(), "/checkout").at("results");
    std::map<std::string, int> rules;
    for (const auto& result : results) ++rules[result.at("ruleId")];
    // Three races of four reports in three results, as two are the same one; a verdict each.
    EXPECT_EQ(rules["data-race"], 3);
    EXPECT_EQ(rules["MISSED"], 2);
    EXPECT_EQ(rules["CAUGHT"] + rules["CLEAN"] + rules["FALSE_ALARM"] + rules["WRONG_RACE"], 0);
    EXPECT_EQ(results.size(), 11u);
    EXPECT_TRUE(only_run({"0.1.0", "", sample_results()}, "/").at("results").empty());
}

TEST(Sarif, HasBothPlacesAndBothStacks) {
    const auto race = only_run(golden(), "/checkout").at("results").at(0);
    const auto& place = race.at("locations").at(0).at("physicalLocation");
    EXPECT_EQ(place.at("artifactLocation").at("uri"), "cases/web/site.cpp");
    EXPECT_EQ(place.at("artifactLocation").at("uriBaseId"), "SRCROOT");
    EXPECT_EQ(place.at("region").at("startLine"), 22);
    ASSERT_EQ(race.at("relatedLocations").size(), 2u);
    EXPECT_EQ(race.at("relatedLocations")[1].at("physicalLocation").at("region").at("startLine"),
              23);
    const auto& flows = race.at("codeFlows").at(0).at("threadFlows");
    ASSERT_EQ(flows.size(), 2u);
    EXPECT_EQ(flows[0].at("locations").size(), 4u);
    EXPECT_EQ(flows[0].at("message").at("text"), "write of 4 bytes, thread 2");
    EXPECT_EQ(flows[1].at("locations").at(2).at("location").at("message").at("text"),
              "read of 4 bytes, thread 1");
}

TEST(Sarif, TellsRacesApartByTheirSignature) {
    auto results = golden();
    const auto before = only_run(results, "/checkout").at("results").at(0);
    auto& report = results.results.at(1).reports.at(0);
    std::swap(report.accesses[0], report.accesses[1]);
    for (auto& access : report.accesses) {
        access.address = "0x1";
        access.thread += 7;
        for (auto& frame : access.stack) frame.line += 100, frame.pc = "0x2";
    }
    const auto after = only_run(results, "/checkout").at("results").at(0);
    EXPECT_EQ(before.at("partialFingerprints"), after.at("partialFingerprints"));
    EXPECT_EQ(before.at("partialFingerprints").at("raceSignature/v1").get<std::string>().size(),
              16u);
}

TEST(Sarif, LeavesOutLinesThatNobodyKnows) {
    const auto race = only_run(golden(), "/checkout").at("results").at(2);
    const auto& place = race.at("locations").at(0).at("physicalLocation");
    EXPECT_EQ(place.at("artifactLocation").at("uri"), "file:///elsewhere/pool%20v2.cpp");
    EXPECT_FALSE(place.contains("region"));
}

TEST(Sarif, SaysWhetherTheRunCanBeTrusted) {
    EXPECT_EQ(only_run(golden(), "/").at("invocations")[0].at("executionSuccessful"), false);
    EXPECT_EQ(
        only_run({"", "", sample_results()}, "/").at("invocations")[0].at("executionSuccessful"),
        true);
}

/// The errors that Microsoft's validator finds; it exits with 0 whatever it finds.
std::vector<std::string> errors_in(const std::string& sarif) {
    const TemporaryDirectory directory;
    const auto file = directory.write("report.sarif", sarif), found = directory / "found.sarif";
    // Without this it asks for a library of locales.
    const auto command =
        fmt::format("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 '{}' validate '{}' --output '{}' 2>&1",
                    RACEPAIR_SARIF_MULTITOOL, file, found);
    const TemporaryDirectory said;
    if (std::system((command + " >'" + (said / "log") + "'").c_str()) != 0)
        return {"it did not end well"};
    std::vector<std::string> errors;
    std::ifstream in(found);
    const auto log = json::parse(in);
    for (const auto& run : log.at("runs"))
        for (const auto& result : run.value("results", json::array()))
            if (result.value("level", "") == "error") errors.push_back(result.dump());
    return errors;
}

TEST(Sarif, IsWhatTheValidatorTakes) {
    if (!std::filesystem::exists(RACEPAIR_SARIF_MULTITOOL))
        GTEST_SKIP() << "the validator is not there: npm ci --prefix harness/tests/report";
    EXPECT_EQ(errors_in(sarif_of(golden(), "/checkout")), std::vector<std::string>());
    EXPECT_EQ(errors_in(sarif_of(hostile_results(), "/cases")), std::vector<std::string>());
    auto broken = json::parse(sarif_of(golden(), "/checkout"));
    broken["runs"][0]["results"][0]["ruleIndex"] = 99;
    EXPECT_FALSE(errors_in(broken.dump()).empty()) << "does it look at all?";
}

TEST(Github, IsALineForEachAlert) {
    const auto lines = lines_of(github_of(hostile_results().results, "/cases"));
    ASSERT_EQ(lines.size(), alerts_of(hostile_results().results).size());
    for (const auto& line : lines) {
        EXPECT_TRUE(line.starts_with("::error file=")) << line;
        EXPECT_TRUE(has(line, "50%25 of it%0Asecond, line: ]]>")) << line;
        const auto title = line.substr(0, line.find("::", 2));
        EXPECT_TRUE(has(title, "50%25 of it%0Asecond%2C line%3A ]]>")) << line;
    }
}

TEST(Gitlab, TellsAlertsApart) {
    const auto issues = json::parse(gitlab_of(golden().results, "/checkout"));
    std::set<std::string> fingerprints;
    for (const auto& issue : issues) {
        fingerprints.insert(issue.at("fingerprint"));
        EXPECT_GE(issue.at("location").at("lines").at("begin"), 1);
    }
    EXPECT_EQ(fingerprints.size(), issues.size());
    EXPECT_EQ(issues.at(0).at("location").at("path"), "cases/web/site.cpp");
}

TEST(Gradescope, GivesAPointForEachVariantThatIsAsExpected) {
    const auto results = golden().results;
    const auto document = json::parse(gradescope_of(results));
    ASSERT_EQ(document.at("tests").size(), results.size());
    for (std::size_t i = 0; i < results.size(); ++i) {
        const auto& test = document["tests"][i];
        EXPECT_EQ(test.at("score"), results[i].as_expected ? 1 : 0);
        EXPECT_EQ(test.at("status"), results[i].as_expected ? "passed" : "failed");
        EXPECT_EQ(test.at("max_score"), 1);
    }
}

TEST(Markdown, EscapesWhatItWouldObey) {
    const auto text = markdown_of(hostile_results().results);
    EXPECT_FALSE(has(text, "<script")) << text;
    EXPECT_FALSE(has(text, "` |")) << text;
    for (const auto& line : lines_of(text))
        if (line.starts_with("| web")) {
            EXPECT_EQ(std::count(line.begin(), line.end(), '|'), 3) << line;
        }
}

TEST(Markdown, SaysWhetherAllIsWell) {
    EXPECT_TRUE(
        markdown_of(sample_results()).starts_with("## racepair: all 4 verdicts as expected"));
    EXPECT_TRUE(markdown_of(golden().results)
                    .starts_with("## racepair: 11 of 15 verdicts not as expected"));
    EXPECT_TRUE(markdown_of({}).starts_with("## racepair: nothing was judged"));
}

}  // namespace
}  // namespace racepair::report
