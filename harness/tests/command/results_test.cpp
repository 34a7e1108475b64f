// The commands that take files of results.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "judge/exit_code.hpp"
#include "judge/result.hpp"
#include "said.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::command {
namespace {

const std::string golden = std::string(RACEPAIR_GOLDEN) + "/results.json";

std::string text_in(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Of the golden results, those that the function keeps, in a file of their own.
template <class Keep>
std::string part_of_golden(const TemporaryDirectory& directory, const std::string& name,
                           Keep keep) {
    auto all = judge::read_results(golden);
    std::erase_if(all.results, [&](const judge::Result& result) { return !keep(result); });
    judge::write_results(all, directory / name);
    return directory / name;
}

const auto as_expected = [](const judge::Result& result) { return result.as_expected; };
const auto alarms = [](const judge::Result& result) {
    return result.as_expected || result.verdict == judge::Verdict::false_alarm;
};

TEST(Report, ExitsAsTheVerdictsSay) {
    const TemporaryDirectory directory;
    EXPECT_EQ(racepair({"report", golden}).exit_code, judge::exit_untrustworthy);
    const auto right = part_of_golden(directory, "right.json", as_expected);
    EXPECT_EQ(racepair({"report", right}).exit_code, judge::exit_as_expected);
    const auto wrong = part_of_golden(directory, "wrong.json", alarms);
    EXPECT_EQ(racepair({"report", wrong, "--format", "junit"}).exit_code,
              judge::exit_not_as_expected);
    const auto none = part_of_golden(directory, "none.json", [](const auto&) { return false; });
    EXPECT_EQ(racepair({"report", none}).exit_code, judge::exit_nothing_judged);
}

TEST(Report, OfACourseStandsInItsReadingOrder) {
    const TemporaryDirectory directory;
    const auto order = directory.write("order.txt", "# The only part\nweb.site\n");
    const auto page = racepair({"report", golden, "--format", "html", "--course", order}).text;
    EXPECT_NE(page.find("The only part"), std::string::npos);
    EXPECT_NE(page.find("not in the course"), std::string::npos);
    const auto complaint = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"report", golden});
        const auto said = racepair(arguments);
        EXPECT_EQ(said.exit_code, judge::exit_usage);
        return said.text;
    };
    EXPECT_NE(complaint({"--course", order}).find("add --format html"), std::string::npos);
    EXPECT_NE(complaint({"--format", "html", "--course", directory / "none"})
                  .find("cannot read " + directory / "none" + ": No such file"),
              std::string::npos);
    const auto objection_to = [&](const char* name, const char* text) {
        return complaint({"--format", "html", "--course", directory.write(name, text)});
    };
    EXPECT_NE(objection_to("twice.txt", "# One\nweb.site\n# Two\nweb.site\n")
                  .find("line 4: web.site stands there a second time"),
              std::string::npos);
    EXPECT_NE(objection_to("other.txt", "# One\nlocks.others\n")
                  .find("no case of the course has a result"),
              std::string::npos);
    EXPECT_NE(objection_to("empty.txt", "# One\n").find("it names no case"), std::string::npos);
    EXPECT_NE(objection_to("raw.txt", "\033[31mred\n").find("line 1: "), std::string::npos);
    EXPECT_EQ(objection_to("raw.txt", "\033[31mred\n").find('\033'), std::string::npos);
    EXPECT_NE(complaint({"--format", "html", "--course", ""}).find("cannot read"),
              std::string::npos);
    EXPECT_NE(complaint({"--pair", "web.site", "--course", order}).find("excludes"),
              std::string::npos);
    const auto headless = directory.write("headless.txt", "web.site\n");
    EXPECT_NE(complaint({"--format", "html", "--course", headless})
                  .find("web.site stands before the first part"),
              std::string::npos);
}

TEST(Report, WritesToAFileOrToTheOutput) {
    const TemporaryDirectory directory;
    const auto printed = racepair({"report", golden, "--format", "gitlab"});
    racepair({"report", golden, "--format", "gitlab", "-o", directory / "new/report.json"});
    EXPECT_EQ(text_in(directory / "new/report.json"), printed.text);
    EXPECT_EQ(nlohmann::json::parse(printed.text).size(), 11u);
    const auto said = racepair({"report", golden, "-o", "/proc/none/x"});
    EXPECT_EQ(said.exit_code, judge::exit_usage);
    EXPECT_TRUE(said.has("cannot write /proc/none/x")) << said.text;
}

TEST(Report, ShowsTextAndPairs) {
    const auto text = racepair({"report", golden});
    EXPECT_TRUE(text.has("✗ FALSE_ALARM      web.site.fixed under tsan")) << text.text;
    EXPECT_FALSE(text.has("\x1b")) << "a log tells the terminal what to do";
    const auto pair = racepair({"report", golden, "--pair", "web.site"});
    EXPECT_TRUE(pair.has(" web.site   2 threads × 100 rounds")) << pair.text;
    EXPECT_EQ(racepair({"report", golden, "--pair", "web.nothing"}).exit_code, judge::exit_usage);
}

TEST(Merge, PutsAllIntoOneFile) {
    const TemporaryDirectory directory;
    const auto right = part_of_golden(directory, "right.json", as_expected);
    const auto wrong =
        part_of_golden(directory, "wrong.json", [](const auto& one) { return !as_expected(one); });
    const auto parts =
        judge::read_results(right).results.size() + judge::read_results(wrong).results.size();
    const auto all = directory / "all.json";
    const auto said = racepair({"merge", right, wrong, "-o", all});
    EXPECT_EQ(said.exit_code, judge::exit_untrustworthy) << said.text;
    EXPECT_TRUE(said.has(std::to_string(parts) + " results of 2 files\n")) << said.text;
    EXPECT_EQ(judge::read_results(all).results.size(), parts);
    EXPECT_EQ(racepair({"merge", right, "-o", all}).exit_code, judge::exit_as_expected);
}

TEST(Merge, CountsOnceWhatStandsInSeveralFiles) {
    const TemporaryDirectory directory;
    const auto right = part_of_golden(directory, "right.json", as_expected);
    const auto all = directory / "all.json";
    const auto size = judge::read_results(golden).results.size();
    const auto said = racepair({"merge", right, golden, "-o", all});
    EXPECT_EQ(said.exit_code, judge::exit_untrustworthy) << said.text;
    EXPECT_TRUE(said.has("results stand in several of these files, counted once\n")) << said.text;
    EXPECT_EQ(judge::read_results(all).results.size(), size);
    auto longer = judge::read_results(right);
    for (auto& result : longer.results) ++result.microseconds;
    judge::write_results(longer, directory / "longer.json");
    racepair({"merge", right, directory / "longer.json", "-o", all});
    EXPECT_EQ(judge::read_results(all).results.size(), 2 * longer.results.size()) << "two runs";
}

TEST(Diff, FailsForWhatIsNewAlone) {
    const TemporaryDirectory directory;
    const auto right = part_of_golden(directory, "right.json", as_expected);
    const auto wrong = part_of_golden(directory, "wrong.json", alarms);
    EXPECT_EQ(racepair({"diff", wrong, wrong}).exit_code, judge::exit_as_expected);
    const auto said = racepair({"diff", right, wrong});
    EXPECT_EQ(said.exit_code, judge::exit_not_as_expected) << said.text;
    EXPECT_TRUE(
        said.has("new   data-race: site.cpp site::Fixed::hits with site.cpp "
                 "site::Fixed::visit\n"))
        << said.text;
    EXPECT_TRUE(said.has("races: 2 new, 0 known, 0 gone; verdicts: 2 changed")) << said.text;
    const auto json = nlohmann::json::parse(racepair({"diff", wrong, wrong, "--json"}).text);
    EXPECT_EQ(json.at("known_races").size(), 2u);
    EXPECT_EQ(json.at("is_worse"), false);
}

TEST(LintSuppressions, NamesEachFaultWithItsLine) {
    const TemporaryDirectory directory;
    const auto bad =
        directory.write("bad.supp", "# why\nrace:std::\n\nrace:site::Fixed::visit\nnonsense\n");
    const auto said = racepair({"lint-suppressions", bad, golden});
    EXPECT_EQ(said.exit_code, judge::exit_not_as_expected) << said.text;
    EXPECT_TRUE(said.has("bad.supp:2: too-broad race:std::\n")) << said.text;
    EXPECT_TRUE(said.has("bad.supp:4: no-reason race:site::Fixed::visit\n")) << said.text;
    EXPECT_TRUE(said.has("bad.supp:5: unreadable nonsense\n")) << said.text;
    EXPECT_FALSE(said.has("stale race:site")) << said.text;
    const auto json =
        nlohmann::json::parse(racepair({"lint-suppressions", bad, golden, "--json"}).text);
    EXPECT_EQ(json.at("faults").at(0).at("line"), 2);

    const auto good = directory.write("good.supp", "# issue 7\nrace:site::Fixed::visit\n");
    const auto silent = racepair({"lint-suppressions", good, golden});
    EXPECT_EQ(silent.exit_code, judge::exit_as_expected) << silent.text;
}

TEST(LintSuppressions, RefusesWhatItCannotRead) {
    const TemporaryDirectory directory;
    const auto valgrind = directory.write("v.supp", "{\n  name\n  Helgrind:Race\n}\n");
    for (const auto& file : {valgrind, directory / "missing", directory / ""}) {
        const auto said = racepair({"lint-suppressions", file, golden});
        EXPECT_EQ(said.exit_code, judge::exit_usage) << said.text;
    }
}

}  // namespace
}  // namespace racepair::command
