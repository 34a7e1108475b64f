#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "judge/exit_code.hpp"
#include "said.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::command {
namespace {

namespace fs = std::filesystem;

std::string text_in(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(New, CreatesACaseAndListsItInItsPlace) {
    const TemporaryDirectory directory;
    directory.write("CMakeLists.txt", "add(x\n  counters/b.cpp\n  locks/a.cpp)\nmore()\n");
    directory.write("reading_order.txt", "# One\ncounters.b\nlocks.a\n# Two\ncounters.z\n");
    for (const std::string name : {"counters/c", "locks/z", "atomicity/a"}) {
        const auto said = racepair({"new", name, "--in", directory / ""});
        EXPECT_EQ(said.exit_code, judge::exit_as_expected) << said.text;
        EXPECT_TRUE(said.has("Next: fill it in")) << said.text;
    }
    EXPECT_EQ(text_in(directory / "CMakeLists.txt"),
              "add(x\n  atomicity/a.cpp\n  counters/b.cpp\n  counters/c.cpp\n  locks/a.cpp\n"
              "  locks/z.cpp)\nmore()\n");
    EXPECT_EQ(text_in(directory / "reading_order.txt"),
              "# One\ncounters.b\ncounters.c\nlocks.a\nlocks.z\n# Two\ncounters.z\natomicity.a\n");
    const auto text = text_in(directory / "counters/c.cpp");
    EXPECT_NE(text.find("RACEPAIR_CASE(\"counters.c\")"), std::string::npos) << text;
    EXPECT_NE(text.find("namespace c {"), std::string::npos) << text;
    EXPECT_EQ(text.find("NAME"), std::string::npos) << text;
}

TEST(New, SaysWhatToDoWhereThereIsNoList) {
    const TemporaryDirectory directory;
    const auto said = racepair({"new", "web/hits", "--in", directory / ""});
    EXPECT_EQ(said.exit_code, judge::exit_as_expected) << said.text;
    EXPECT_TRUE(said.has("racepair_add_subject(my_cases ")) << said.text;
    EXPECT_FALSE(said.has("Listed")) << said.text;
}

TEST(New, RefusesWhatCannotBe) {
    const TemporaryDirectory directory;
    directory.write("taken.cpp", "mine");
    fs::create_directory(directory / "web");
    fs::rename(directory / "taken.cpp", directory / "web/taken.cpp");
    for (const std::string name : {"web/taken", "web", "web/", "/web", "Web/hits", "web/hits.cpp",
                                   "../web/hits", "web/1", "web/int", "web/co_await", "web/std"}) {
        const auto said = racepair({"new", name, "--in", directory / ""});
        EXPECT_EQ(said.exit_code, judge::exit_usage) << name << ": " << said.text;
    }
    EXPECT_EQ(text_in(directory / "web/taken.cpp"), "mine");
    EXPECT_EQ(racepair({"new", "web/hits", "--in", directory / "nowhere"}).exit_code,
              judge::exit_usage);
}

}  // namespace
}  // namespace racepair::command
