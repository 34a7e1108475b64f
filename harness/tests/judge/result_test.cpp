#include "judge/result.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "judge_printers.hpp"
#include "scene.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::judge {
namespace {

namespace fs = std::filesystem;

/// A result no member of which has its default value.
Result full_result() {
    auto scene = racy_under_tsan();
    Result result;
    result.name = "counters.sample.racy";
    result.info = scene.info;
    result.info.line = 30;
    result.info.optimised = true;
    result.info.lesson = "Updates \"vanish\".";
    result.info.threads = 50;
    result.info.rounds = 1000;
    result.info.at_most_trials = 7;
    result.info.exceptions = {{"blind", "plain", "one_cpu", "rare", 0.1}};
    result.info.variants[0].exceptions = result.info.exceptions;
    result.variant = "racy";
    result.detector = "tsan";
    result.subject = "/build/cases";
    result.identity = {1,    "/build/cases", "clang", "14.0.6", "x86-64", "-O1", true,
                       true, "tsan",         true,    "a=1",    "b=2",    4,     3};
    result.expectation = {Stance::blind, "why", 0.3, true};
    result.verdict = Verdict::caught;
    result.as_expected = true;
    result.seen = "flagged";
    result.details = {"one", "two"};
    result.notes = {"a note"};
    result.told = 10;
    result.trials = 11;
    result.because = "seen";
    result.microseconds = 1234567890123;
    result.processes = 2;
    result.alone = "10";
    result.cells = {1, 2, 3, 4};
    result.outcomes = {{"17", true, 4}, {"zwölf\n", false, 2}};
    result.reports = {report_of("counters.sample.racy", "/cases/sample.cpp")};
    result.reports[0].handover = {result.reports[0].accesses[0].stack};
    result.reports[0].stacks = {result.reports[0].accesses[0].stack};
    result.ending = "exited with status 0";
    result.orphans = 1;
    result.log = "line\n\tred";
    result.log_dropped = 99;
    result.code = {{"/cases/sample.cpp:14", "++n;"}};
    result.definition = "struct Racy {\n};";
    result.reproduce = "racepair judge 'a b'";
    return result;
}

/// As little as a file may hold of one.
Result least_result() {
    Result result;
    result.name = "a.b.c";
    result.info.name = "a.b";
    result.variant = "c";
    result.info.variants = {{"c", "C", "fixed", "none", {}}};
    return result;
}

std::string text_in(const std::string& file) {
    std::stringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

TEST(Results, AreReadAsTheyWereWritten) {
    const TemporaryDirectory directory;
    const Results written{"0.1.0", "racepair judge x", {full_result(), least_result()}};
    write_results(written, directory / "a.json");
    const auto read = read_results(directory / "a.json");
    EXPECT_EQ(read.judge_version, "0.1.0");
    EXPECT_EQ(read.command, "racepair judge x");
    ASSERT_EQ(read.results.size(), 2u);
    const auto& result = read.results[0];
    EXPECT_EQ(result.verdict, Verdict::caught);
    EXPECT_EQ(result.expectation.stance, Stance::blind);
    EXPECT_EQ(result.variant_info().defect, "data_race");
    EXPECT_EQ(result.outcomes.at(1).outcome, "zwölf\n");
    EXPECT_EQ(result.log, full_result().log);

    // Whatever is written is read: else it would be missing the second time.
    write_results(read, directory / "b.json");
    EXPECT_EQ(text_in(directory / "a.json"), text_in(directory / "b.json"));
}

TEST(Results, HoldEachMemberWithItsValue) {
    const TemporaryDirectory directory;
    write_results({"v", "c", {full_result()}}, directory / "a.json");
    const auto document = nlohmann::json::parse(text_in(directory / "a.json"));
    EXPECT_EQ(document.at("racepair_results"), Results::version);
    const auto& result = document.at("results").at(0);
    const auto nothing = nlohmann::json::array({nullptr, "", 0, false});
    for (const auto& [key, value] : result.items())
        EXPECT_EQ(std::count(nothing.begin(), nothing.end(), value), 0) << key << " is not set";
    EXPECT_EQ(result.at("verdict"), "CAUGHT");
    EXPECT_EQ(result.at("flagged").at("hits"), 3);
    EXPECT_EQ(result.at("wrong").at("hits"), 4);
    EXPECT_EQ(result.at("wrong").at("trials"), 10);
}

TEST(Results, LetEachVerdictAndStanceThrough) {
    const TemporaryDirectory directory;
    for (int verdict = 0; verdict <= static_cast<int>(Verdict::not_run); ++verdict)
        for (int stance = 0; stance <= static_cast<int>(Stance::false_alarm); ++stance) {
            Results results{"", "", {least_result()}};
            results.results[0].verdict = static_cast<Verdict>(verdict);
            results.results[0].expectation.stance = static_cast<Stance>(stance);
            write_results(results, directory / "a.json");
            const auto read = read_results(directory / "a.json");
            EXPECT_EQ(read.results[0].verdict, static_cast<Verdict>(verdict));
            EXPECT_EQ(read.results[0].expectation.stance, static_cast<Stance>(stance));
        }
}

TEST(Results, ALogMayHoldAnyBytes) {
    const TemporaryDirectory directory;
    Results results{"", "", {least_result()}};
    for (int byte = 0; byte < 256; ++byte) results.results[0].log += static_cast<char>(byte);
    write_results(results, directory / "a.json");
    const auto log = read_results(directory / "a.json").results[0].log;
    EXPECT_NE(log.find("\t\n"), std::string::npos);
    EXPECT_NE(log.find(" !\"#$%&'()*+,-./0123456789:;<=>?@AB"), std::string::npos);
    // Whoever shows it, no terminal obeys it.
    EXPECT_EQ(std::count_if(log.begin(), log.end(),
                            [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; }),
              2);
}

TEST(Results, AreWrittenBesideTheirPlaceFirst) {
    const TemporaryDirectory directory;
    const auto file = directory / "new folder/below/a.json";
    write_results({"old", "", {}}, file);
    write_results({"new", "", {}}, file);
    EXPECT_EQ(read_results(file).judge_version, "new");
    const fs::directory_iterator all(fs::path(file).parent_path());
    EXPECT_EQ(std::distance(begin(all), end(all)), 1) << "something was left behind";
}

/// What the function throws as a runtime_error.
template <class Function>
std::string complaint(Function function) {
    try {
        function();
    } catch (const std::runtime_error& thrown) {
        return thrown.what();
    }
    return "nothing";
}

TEST(Results, ThatCannotBeWrittenSayWhere) {
    const TemporaryDirectory directory;
    directory.write("file", "no folder");
    for (const auto& path : {directory / "file/a.json", std::string("/proc/racepair/a.json")}) {
        const auto text = complaint([&] { write_results({}, path); });
        EXPECT_NE(text.find("cannot write " + path), std::string::npos) << text;
    }
    fs::create_directory(directory / "taken");
    const auto text = complaint([&] { write_results({}, directory / "taken"); });
    EXPECT_NE(text.find("cannot write"), std::string::npos) << text;
    EXPECT_TRUE(fs::is_directory(directory / "taken"));
}

TEST(Results, ThatCannotBeReadSayWhy) {
    const TemporaryDirectory directory;
    const auto of = [&](const std::string& text) {
        const auto file = directory.write("a.json", text);
        return complaint([&] { read_results(file); });
    };
    EXPECT_NE(complaint([&] { read_results(directory / "missing"); }).find("cannot read"),
              std::string::npos);
    EXPECT_NE(complaint([&] { read_results(directory / ""); }).find("it is a folder"),
              std::string::npos);
    const auto newer = of("{\"racepair_results\": 2, \"unheard of\": {}}");
    EXPECT_NE(newer.find("it is of version 2, this racepair (0.1.0) reads 1\nNext: read it with"),
              std::string::npos)
        << newer;
    const auto other = of("{\"version\": \"2.1.0\", \"runs\": []}");
    EXPECT_NE(other.find("another program has written it\nNext: racepair judge"), std::string::npos)
        << other;
    for (const auto* text : {"", "nonsense", "[]", "{}", "{\"racepair_results\": \"1\"}",
                             "{\"racepair_results\": 1}", "{\"racepair_results\": 1e999}"})
        EXPECT_NE(of(text).find("is no document of results"), std::string::npos) << text;
}

TEST(Results, FractionsThatNoIntegerIsNearAreRefused) {
    for (const auto* number : {"6e52", "-6e52", "-1.5", "2147483648.5"}) {
        const auto text = complaint([&] {
            parse_results(std::string("{\"racepair_results\": ") + number + "}", "a.json");
        });
        EXPECT_NE(text.find("a number that nothing in it can have"), std::string::npos) << text;
    }
}

TEST(Results, ThatAreNestedTooDeepAreRefused) {
    const TemporaryDirectory directory;
    const auto file = directory.write("a.json", std::string(1'000'000, '['));
    const auto text = complaint([&] { read_results(file); });
    EXPECT_NE(text.find("nested too deep"), std::string::npos) << text;
}

TEST(Results, ThatAreTooLargeAreRefused) {
    const TemporaryDirectory directory;
    const auto file = directory.write("a.json", "");
    fs::resize_file(file, 200'000'000);  // of zeros, which take no room on the disk
    const auto text = complaint([&] { read_results(file); });
    EXPECT_NE(text.find("it is larger than 190 MB\nNext: "), std::string::npos) << text;
}

TEST(Results, ThatContradictThemselvesAreRefused) {
    const TemporaryDirectory directory;
    for (const bool is_in_name : {true, false}) {
        Results results{"", "", {least_result()}};
        (is_in_name ? results.results[0].name : results.results[0].variant) = "other";
        if (!is_in_name) results.results[0].name = "a.b.other";
        write_results(results, directory / "a.json");
        EXPECT_NE(complaint([&] { read_results(directory / "a.json"); }), "nothing") << is_in_name;
    }
}

TEST(Results, HalfAFileIsNone) {
    const TemporaryDirectory directory;
    write_results({"v", "c", {full_result()}}, directory / "a.json");
    const auto whole = text_in(directory / "a.json");
    for (const auto part : {1, 2, 3}) {
        const auto file = directory.write("half.json", whole.substr(0, whole.size() * part / 4));
        const auto text = complaint([&] { read_results(file); });
        EXPECT_NE(text.find("it ends in the middle"), std::string::npos) << part << "/4: " << text;
    }
}

TEST(Results, EachMemberIsRequired) {
    const TemporaryDirectory directory;
    write_results({"v", "c", {full_result()}}, directory / "a.json");
    const auto document = nlohmann::json::parse(text_in(directory / "a.json"));
    for (const auto& [key, value] : document.at("results").at(0).items()) {
        if (key == "flagged" || key == "wrong") continue;  // follow from the cells
        auto without = document;
        without["results"][0].erase(key);
        const auto file = directory.write("b.json", without.dump());
        EXPECT_NE(complaint([&] { read_results(file); }), "nothing") << key;
    }
}

TEST(Result, KnowsItsVariant) {
    auto result = full_result();
    EXPECT_EQ(result.variant_info().name, "racy");
    result.variant = "other";
    EXPECT_THROW(result.variant_info(), std::runtime_error);
}

}  // namespace
}  // namespace racepair::judge
