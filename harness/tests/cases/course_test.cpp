#include "course.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "judge/evidence.hpp"
#include "judge/subject_process.hpp"
#include "report/course.hpp"
#include "report/rates.hpp"

namespace racepair::judge {
namespace {

namespace fs = std::filesystem;

constexpr const char* begin_of_course =
    "<!-- What follows is made by scripts/course from the registrations. -->\n\n";

Session open_course() { return {RACEPAIR_CASES_SUBJECT, {}, this_machine()}; }

std::vector<fs::path> case_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(RACEPAIR_CASES_DIR))
        if (entry.path().extension() == ".cpp") files.push_back(entry.path());
    return files;
}

std::string text_of(const fs::path& file) {
    std::ifstream in(fs::path(RACEPAIR_CASES_DIR) / file);
    return {std::istreambuf_iterator<char>(in), {}};
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

// Of a hundred cases, a run of one does not describe the others.
TEST(Course, IsDescribedAsFarAsItIsAskedFor) {
    const auto told_by = [](const std::vector<std::string>& arguments) {
        Launch launch;
        launch.command = {RACEPAIR_CASES_SUBJECT};
        launch.command.insert(launch.command.end(), arguments.begin(), arguments.end());
        std::vector<std::string> names;
        for (const auto& info : read_evidence(run(launch).evidence).cases)
            names.push_back(info.name);
        return names;
    };
    EXPECT_EQ(told_by({"--run", "counters.two_counters.fixed"}),
              (std::vector<std::string>{"counters.two_counters", "racepair.canary"}));
    EXPECT_EQ(told_by({"--trials", "1", "--run", "counters.two_counters.fixed"}).size(), 2u)
        << "wherever --run stands";
    EXPECT_EQ(told_by({"--run", "counters.two_counters"}),
              std::vector<std::string>{"racepair.canary"});
    EXPECT_EQ(told_by({"--list"}).size(), case_files().size() + 1);
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

TEST(Course, SetsAnExerciseInEachCase) {
    const auto session = open_course();
    for (const auto& info : shipped_cases(session))
        EXPECT_FALSE(info.exercise.empty()) << info.name;
}

// The analysis reads what clang compiles; it has to warn where the cases say, and only there.
TEST(Course, KeepsItsAnnotationsUnderClang) {
    Request request;
    request.detector = thread_safety_detector().name;
    if (open_course().identity().compiler != "clang") {
        EXPECT_THROW(Session(RACEPAIR_CASES_SUBJECT, request, this_machine()), SubjectError);
        return;
    }
    const Session session(RACEPAIR_CASES_SUBJECT, request, this_machine());
    EXPECT_GE(session.cases().size(), 2u);
    for (const auto& info : session.cases()) {
        for (const auto& variant : info.variants) {
            const auto result = session.judge(info, variant);
            EXPECT_TRUE(result.as_expected)
                << result.name << ": " << text_of(result.verdict) << ", " << result.seen;
            auto elsewhere = variant;
            elsewhere.warned_line = "no such code";
            if (!variant.warned_line.empty()) {
                EXPECT_EQ(session.judge(info, elsewhere).verdict, Verdict::wrong_race);
            }
            if (variant.kind != "fixed") continue;
            auto unwarned = variant;
            unwarned.defect = "data_race";
            unwarned.warned_line = "any code";
            EXPECT_EQ(session.judge(info, unwarned).verdict, Verdict::missed);
        }
    }
}

TEST(Course, IsTheOneThatIsWrittenDown) {
    const auto session = open_course();
    const std::string written = text_of("README.md");
    const auto begin = written.find(begin_of_course);
    ASSERT_NE(begin, std::string::npos) << "cases/README.md lacks the line " << begin_of_course;
    const auto cases = shipped_cases(session);
    const auto now = report::course_of(cases, report::read_order(text_of("reading_order.txt"))) +
                     report::table_of_rates(text_of("rates.csv"), cases);
    EXPECT_EQ(written.substr(begin + std::string(begin_of_course).size()), now)
        << "cases/README.md is not what the cases say; next: scripts/course";
}

}  // namespace
}  // namespace racepair::judge
