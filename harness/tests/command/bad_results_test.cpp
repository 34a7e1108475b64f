// Files that are no results, or not ours: each command that reads results says so and exits with 2.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "judge/exit_code.hpp"
#include "said.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::command {
namespace {

const std::string golden = std::string(RACEPAIR_GOLDEN) + "/results.json";

struct Bad {
    const char* name;
    const char* says;
};

std::string text_of_golden() {
    std::ifstream in(golden, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class BadResults : public testing::Test {
   protected:
    /// Each way to call a command with a file.
    std::vector<std::vector<std::string>> calls_with(const std::string& file) const {
        const auto suppressions = directory.write("x.supp", "");
        return {{"report", file},
                {"report", golden, file, "--format", "sarif"},
                {"merge", file, "-o", directory / "out.json"},
                {"diff", golden, file},
                {"diff", file, golden},
                {"lint-suppressions", suppressions, file},
                {"matrix", file}};
    }

    void expect_refused(const std::string& file, const std::string& says) const {
        for (const auto& call : calls_with(file)) {
            const auto said = racepair(call);
            EXPECT_EQ(said.exit_code, judge::exit_usage) << call[0] << ": " << said.text;
            EXPECT_TRUE(said.text.starts_with("usage: ")) << call[0] << ": " << said.text;
            EXPECT_TRUE(said.has(says)) << call[0] << ": " << said.text;
            EXPECT_TRUE(said.has(file)) << call[0] << ": " << said.text;
        }
        EXPECT_FALSE(std::filesystem::exists(directory / "out.json"));
    }

    const TemporaryDirectory directory;
};

TEST_F(BadResults, ThatAreTruncatedAreRefused) {
    const auto text = text_of_golden();
    expect_refused(directory.write("a.json", text.substr(0, text.size() / 2)),
                   "it ends in the middle");
    expect_refused(directory.write("b.json", ""), "it ends in the middle");
}

TEST_F(BadResults, OfANewerVersionAreRefused) {
    auto text = text_of_golden();
    text.replace(text.find(": 1"), 3, ": 2");
    expect_refused(directory.write("a.json", text), "it is of version 2, this racepair");
}

TEST_F(BadResults, OfAnotherProjectAreRefused) {
    expect_refused(directory.write("a.json", "{\"version\": \"2.1.0\", \"runs\": []}"),
                   "another program has written it");
    expect_refused(directory.write("b.json", "<testsuites/>"), "it is not JSON at byte 1");
}

TEST_F(BadResults, ThatCannotBeTrueAreRefused) {
    auto text = text_of_golden();
    const auto at = text.find("\"silent_right\": ");
    ASSERT_NE(at, std::string::npos);
    text.insert(at + 16, "-");
    expect_refused(directory.write("a.json", text), "counts -");
    text = text_of_golden();
    text.replace(text.find("\"command\": \""), 12, "\"commands\": \"");
    expect_refused(directory.write("b.json", text),
                   "something in it is missing, or is of another type: key 'command' not found");
}

TEST_F(BadResults, ThatAreNoFileAreRefused) {
    expect_refused(directory / "missing.json", "cannot read");
    std::filesystem::create_directory(directory / "folder.json");
    expect_refused(directory / "folder.json", "it is a folder");
}

TEST_F(BadResults, Of200MegabytesAreRefused) {
    const auto file = directory.write("a.json", "");
    std::filesystem::resize_file(file, 200'000'000);  // takes no room on the disk
    const auto said = racepair({"report", file});
    EXPECT_EQ(said.exit_code, judge::exit_usage);
    EXPECT_TRUE(said.has("larger than 190 MB")) << said.text;
}

TEST_F(BadResults, WithHostileTextAreShownHarmlessly) {
    auto text = text_of_golden();
    for (auto at = text.find("Two visits"); at != std::string::npos; at = text.find("Two visits"))
        text.replace(at, 10, "\\u001b]0;owned\\u0007\\u001b[2J\\r<script>");
    for (auto at = text.find("of 10 trials"); at != std::string::npos;
         at = text.find("of 10 trials"))
        text.replace(at, 12, "\\u001b[1A\\u009b2J");
    const auto file = directory.write("a.json", text);
    for (const std::string format :
         {"text", "junit", "sarif", "github", "gitlab", "gradescope", "markdown"}) {
        const auto said = racepair({"report", file, "--format", format});
        EXPECT_EQ(said.exit_code, judge::exit_untrustworthy) << format;
        for (const char* sign : {"\x1b", "\x07", "\r", "\xC2\x9B"})
            EXPECT_FALSE(said.has(sign)) << format;
    }
}

}  // namespace
}  // namespace racepair::command
