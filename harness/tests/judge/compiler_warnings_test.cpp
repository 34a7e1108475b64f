#include "judge/compiler_warnings.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>

#include "tests/temporary_directory.hpp"

namespace racepair::judge {
namespace {

TEST(CompilerWarnings, AreThoseOfTheAnalysisAlone) {
    const auto warnings = thread_safety_warnings(
        "/a b/c.cpp:7:61: warning: writing variable 'stock' requires holding mutex 'm' exclusively "
        "[-Wthread-safety-analysis]\n"
        "/a b/c.cpp:8:1: warning: unused variable 'x' [-Wunused-variable]\n"
        "/a b/c.cpp:9:1: note: declared here\n"
        "/a b/c.cpp:10:3: warning: mutex 'm' is still held [-Wthread-safety-precise]\n"
        "2 warnings generated.\n"
        "/a b/c.cpp:11:3: warning: cut of");
    ASSERT_EQ(warnings.size(), 2u);
    EXPECT_EQ(warnings[0].file, "/a b/c.cpp");
    EXPECT_EQ(warnings[0].line, 7);
    EXPECT_EQ(warnings[0].text, "writing variable 'stock' requires holding mutex 'm' exclusively");
    EXPECT_EQ(warnings[1].line, 10);
    EXPECT_TRUE(thread_safety_warnings("").empty());
    EXPECT_TRUE(thread_safety_warnings(": warning: [-Wthread-safety]\n").empty());
}

std::string refusal(const std::string& program, const std::string& source) {
    try {
        compile_command(program, source);
        return "";
    } catch (const std::runtime_error& wrong) {
        return wrong.what();
    }
}

TEST(CompileCommand, IsFoundAboveTheProgram) {
    const TemporaryDirectory build;
    build.write("compile_commands.json",
                R"([{"directory": "/b d", "command": "clang++ -c a.cpp", "file": "/a.cpp"}])");
    std::filesystem::create_directory(build / "bin");
    EXPECT_EQ(compile_command(build / "bin/cases", "/a.cpp"), "cd '/b d' && clang++ -c a.cpp");
    EXPECT_NE(refusal(build / "bin/cases", "/b.cpp").find("does not say how /b.cpp is compiled"),
              std::string::npos);
}

TEST(CompileCommand, IsMissedWithWords) {
    const TemporaryDirectory build;
    EXPECT_NE(refusal(build / "cases", "/a.cpp").find("CMAKE_EXPORT_COMPILE_COMMANDS"),
              std::string::npos);
    build.write("compile_commands.json", "[{");
    EXPECT_NE(refusal(build / "cases", "/a.cpp").find("cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace racepair::judge
