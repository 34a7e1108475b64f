#include "judge/place.hpp"

#include <gtest/gtest.h>

#include "tests/temporary_directory.hpp"

namespace racepair::judge {
namespace {

Frame frame(const std::string& file, int line = 1) { return {"f()", file, line, "0x1"}; }

TEST(Place, NoLibrarysFrameIsTheCulprit) {
    for (const std::string file :
         {"/usr/lib/gcc/x86_64-linux-gnu/12/include/emmintrin.h", "/opt/llvm/include/c++/v1/vector",
          "/usr/include/stdlib.h", "./nptl/pthread_mutex_lock.c", "./csu/../csu/libc-start.c",
          "../sysdeps/x86_64/memcpy.S", "../nptl/allocatestack.c",
          "../../../../src/libsanitizer/tsan/tsan_rtl.cpp",
          "../projects/compiler-rt/lib/tsan/rtl/tsan_rtl.cpp", "./build-llvm/tools/clang/x.cpp",
          "/tmp/llvm/compiler-rt/lib/sanitizer_common/s.h", "<null>", ""})
        EXPECT_EQ(culprit({frame(file)}), nullptr) << file;
}

TEST(Place, AFileThatOnlySoundsLikeALibrarysIsACulprit) {
    for (const std::string file :
         {"/home/me/nptl/mine.cpp", "/home/me/sysdeps/mine.cpp", "/home/me/usr/mine.cpp",
          "/home/me/compiler-rt/mine.cpp", "csu/mine.cpp", "build-llvm/mine.cpp"})
        EXPECT_NE(culprit({frame(file)}), nullptr) << file;
}

TEST(Place, TheCulpritIsTheInnermostFrameThatIsNoLibrarys) {
    const std::vector<Frame> stack = {
        frame("/usr/bin/../lib/gcc/x86_64-linux-gnu/12/../../../../include/c++/12/bits/stl_map.h"),
        frame("/usr/include/x86_64-linux-gnu/bits/string_fortified.h"),
        frame("/build/llvm/compiler-rt/lib/tsan/rtl/tsan_interceptors.cpp"),
        frame("../../../../src/libsanitizer/tsan/tsan_interceptors.cpp"),
        frame("./nptl/pthread_create.c"),
        frame("../sysdeps/unix/sysv/linux/x86_64/clone3.S"),
        frame(""),
        frame("<null>"),
        frame("/cases/sample.cpp", 14),
        frame("/cases/caller.cpp", 20),
    };
    ASSERT_NE(culprit(stack), nullptr);
    EXPECT_EQ(culprit(stack)->file, "/cases/sample.cpp");
}

TEST(Place, NobodyIsToBlameWithoutANamedFrame) {
    EXPECT_EQ(culprit({}), nullptr);
    EXPECT_EQ(culprit({frame(""), frame("<null>"), frame("/usr/include/c++/12/thread")}), nullptr);
}

CaseInfo sample_case() {
    CaseInfo info;
    info.file = "/cases/sample.cpp";
    return info;
}

Report report_at(const std::vector<Frame>& stack, bool in_object = false) {
    Report report;
    report.kind = "data-race";
    Access access;
    access.in_object = in_object;
    access.stack = stack;
    report.accesses = {access};
    return report;
}

TEST(Place, AReportIsOfTheCaseByItsFile) {
    const auto info = sample_case();
    EXPECT_TRUE(is_of_case(report_at({frame("/cases/sample.cpp")}), info));
    EXPECT_TRUE(is_of_case(report_at({frame("/cases/../cases/./sample.cpp")}), info));
    EXPECT_TRUE(is_of_case(report_at({frame("/usr/include/c++/12/map"), frame(info.file)}), info));
    EXPECT_FALSE(is_of_case(report_at({frame("/other/sample.cpp")}), info));
    EXPECT_FALSE(is_of_case(report_at({frame("/cases/sample.cpp.bak")}), info));
    EXPECT_FALSE(is_of_case(report_at({}), info));
}

TEST(Place, ACallFromTheCaseIsNotAnAccessOfTheCase) {
    EXPECT_FALSE(is_of_case(report_at({frame("/lib/other.cpp"), frame("/cases/sample.cpp")}),
                            sample_case()));
}

TEST(Place, AReportIsOfTheCaseByItsObject) {
    EXPECT_TRUE(is_of_case(report_at({frame("/lib/other.cpp")}, true), sample_case()));
    EXPECT_TRUE(is_of_case(report_at({}, true), sample_case()));
}

TEST(Place, OneOfTheAccessesIsEnough) {
    auto report = report_at({frame("/lib/other.cpp")});
    report.accesses.push_back(report_at({frame("/cases/sample.cpp")}).accesses[0]);
    EXPECT_TRUE(is_of_case(report, sample_case()));
}

TEST(Place, StacksCountWhereThereIsNoAccess) {
    Report report;
    report.stacks = {{frame("/lib/other.cpp")}};
    EXPECT_FALSE(is_of_case(report, sample_case()));
    report.stacks.push_back({frame("/usr/include/c++/12/thread"), frame("/cases/sample.cpp")});
    EXPECT_TRUE(is_of_case(report, sample_case()));
}

TEST(Place, AReportReadsAsASentence) {
    Report report = report_at({{"sample::Racy::add()", "/cases/sample.cpp", 14, "0x1"}});
    report.accesses[0].write = true;
    report.accesses[0].size = 8;
    report.accesses[0].thread = 2;
    Access bare;
    bare.atomic = true;
    bare.size = 1;
    bare.thread = 1;
    bare.address = "0x7b04";
    report.accesses.push_back(bare);
    EXPECT_EQ(text_of(report),
              "data-race: write of 8 bytes by thread 2 at sample.cpp:14 in sample::Racy::add(), "
              "atomic read of 1 byte by thread 1 at 0x7b04 (no symbols)");

    report.accesses.clear();
    report.kind = "thread-leak";
    report.stacks = {{frame("/cases/sample.cpp", 3)}, {frame("")}};
    EXPECT_EQ(text_of(report), "thread-leak: at sample.cpp:3 in f()");
}

TEST(Place, ALineIsReadWithoutItsBlanks) {
    const TemporaryDirectory directory;
    const auto file = directory.write("a.cpp", "first\n\t  second line \t\r\n\n   \nlast");
    EXPECT_EQ(line_of(file, 1), "first");
    EXPECT_EQ(line_of(file, 2), "second line");
    EXPECT_EQ(line_of(file, 3), "");
    EXPECT_EQ(line_of(file, 4), "");
    EXPECT_EQ(line_of(file, 5), "last");
    EXPECT_EQ(line_of(file, 6), std::nullopt);
    EXPECT_EQ(line_of(file, 0), std::nullopt);
    EXPECT_EQ(line_of(directory / "missing.cpp", 1), std::nullopt);
}

Report report_in(const std::string& function, const std::string& file = "/src/my/queue.hpp") {
    Report report;
    report.kind = "data-race";
    Access access;
    access.stack = {{"std::vector<int>::at()", "/usr/include/c++/12/vector", 9, ""},
                    {function, file, 7, ""},
                    {"main", "/src/main.cpp", 3, ""}};
    report.accesses.push_back(access);
    return report;
}

TEST(Sought, AFunctionIsNamedByTheEndOfItsScopes) {
    const auto report = report_in("my::Queue::push(std::function<void (int)>) const");
    for (const std::string place : {"push", "Queue::push", "my::Queue::push"})
        EXPECT_TRUE(is_sought(report, {"data-race", place})) << place;
    for (const std::string place : {"ush", "Queue", "my::Queue", "your::Queue::push", "main", "at"})
        EXPECT_FALSE(is_sought(report, {"data-race", place})) << place;
}

TEST(Sought, TemplateArgumentsAndUnnamedScopesAreLeftOut) {
    EXPECT_TRUE(is_sought(report_in("void my::Queue<std::pair<int, int> >::push<int>(int)"),
                          {"data-race", "my::Queue::push"}));
    EXPECT_TRUE(is_sought(report_in("(anonymous namespace)::run()"), {"data-race", "run"}));
    EXPECT_TRUE(is_sought(report_in("(anonymous namespace)::run"), {"data-race", "run"}));
    EXPECT_TRUE(is_sought(report_in("my::operator<(int, int)"), {"data-race", "operator<"}));
}

TEST(Sought, AFileIsNamedByTheEndOfItsPath) {
    const auto report = report_in("push()");
    for (const std::string place : {"queue.hpp", "my/queue.hpp", "/src/my/queue.hpp"})
        EXPECT_TRUE(is_sought(report, {"data-race", place})) << place;
    for (const std::string place : {"ue.hpp", "your/queue.hpp", "main.cpp", "vector"})
        EXPECT_FALSE(is_sought(report, {"data-race", place})) << place;
}

TEST(Sought, TheKindHasToBeTheSame) {
    EXPECT_FALSE(is_sought(report_in("push()"), {"lock-order-inversion", "push"}));
}

TEST(Sought, WithoutAccessesTheStacksCount) {
    Report report;
    report.kind = "lock-order-inversion";
    report.stacks = {{{"a::lock_both()", "/src/a.cpp", 1, ""}}};
    EXPECT_TRUE(is_sought(report, {"lock-order-inversion", "lock_both"}));
}

}  // namespace
}  // namespace racepair::judge
