#include "course.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>

namespace racepair::judge {
namespace {

namespace fs = std::filesystem;

Session open_course() { return {RACEPAIR_CASES_SUBJECT, {}, this_machine()}; }

std::vector<fs::path> case_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(RACEPAIR_CASES_DIR))
        if (entry.path().extension() == ".cpp") files.push_back(entry.path());
    return files;
}

// The links of cases/README.md, in order: what stands in brackets, and where it leads.
std::vector<std::pair<std::string, std::string>> links_of_reading_order() {
    std::ifstream in(fs::path(RACEPAIR_CASES_DIR) / "README.md");
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    const std::regex link(R"(\[`?([a-z0-9_.]+)`?\]\(([^)]+\.cpp)\))");
    std::vector<std::pair<std::string, std::string>> links;
    for (auto found = std::sregex_iterator(text.begin(), text.end(), link);
         found != std::sregex_iterator(); ++found)
        links.emplace_back((*found)[1], (*found)[2]);
    return links;
}

TEST(Course, NamesEachCaseAfterItsFile) {
    const auto session = open_course();
    std::size_t cases = 0;
    for (const auto& info : shipped_cases(session)) {
        const auto file = fs::path(info.file).lexically_relative(RACEPAIR_CASES_DIR);
        EXPECT_EQ(info.name, file.parent_path().string() + "." + file.stem().string());
        ++cases;
    }
    EXPECT_EQ(cases, case_files().size())
        << "a file under cases/ is not in cases/CMakeLists.txt, or holds two cases";
}

TEST(Course, HasALessonARacyAndAFixedVariantInEachCase) {
    const auto session = open_course();
    for (const auto& info : shipped_cases(session)) {
        EXPECT_FALSE(info.lesson.empty()) << info.name;
        EXPECT_FALSE(info.expected.empty()) << info.name;
        std::map<std::string, int> kinds;
        for (const auto& variant : info.variants) ++kinds[variant.kind];
        EXPECT_GE(kinds["racy"], 1) << info.name;
        EXPECT_EQ(kinds["fixed"], 1) << info.name;
    }
}

TEST(Course, ReadingOrderListsEachCaseOnce) {
    std::map<std::string, int> listed;
    for (const auto& [name, target] : links_of_reading_order()) {
        ++listed[name];
        const auto file = fs::path(RACEPAIR_CASES_DIR) / target;
        EXPECT_TRUE(fs::exists(file))
            << "cases/README.md leads to " << target << ", which is not there";
        EXPECT_EQ(name,
                  fs::path(target).parent_path().string() + "." + fs::path(target).stem().string());
    }
    const auto session = open_course();
    for (const auto& info : shipped_cases(session))
        EXPECT_EQ(listed[info.name], 1)
            << info.name << " stands " << listed[info.name] << " times in cases/README.md";
}

}  // namespace
}  // namespace racepair::judge
