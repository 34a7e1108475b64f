#include "judge/suppressions.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <utility>

namespace racepair::judge {
namespace {

TEST(SuppressionPattern, MatchesAsTheRuntimeDoes) {
    for (const auto& [pattern, text] :
         std::vector<std::pair<const char*, const char*>>{{"visit", "web::Site::visit(int)"},
                                                          {"^web::*visit", "web::Site::visit(int)"},
                                                          {"visit(int)$", "web::Site::visit(int)"},
                                                          {"*", ""},
                                                          {"", "anything"},
                                                          {"^$", ""},
                                                          {"a*b*c", "xaxxbxbxcx"},
                                                          {"^a*aab$", "aaaab"}})
        EXPECT_TRUE(suppression_matches(pattern, text)) << pattern;
    for (const auto& [pattern, text] :
         std::vector<std::pair<const char*, const char*>>{{"visits", "web::Site::visit(int)"},
                                                          {"^Site", "web::Site::visit(int)"},
                                                          {"visit$", "web::Site::visit(int)"},
                                                          {"a*b*c", "acb"},
                                                          {"^$", "a"}})
        EXPECT_FALSE(suppression_matches(pattern, text)) << pattern;
}

Result result_of(const std::string& function, const std::string& kind = "data-race") {
    Result result;
    result.name = "web.site.fixed";
    result.info.name = "web.site";
    Report report;
    report.kind = kind;
    Access access;
    access.stack = {{"inner", "/src/inner.cpp", 1, ""}, {function, "/src/site.cpp", 7, ""}};
    report.accesses = {access};
    result.reports = {report};
    return result;
}

std::set<std::string> names_of(const std::string& text, const std::vector<Result>& results) {
    std::vector<SuppressionFault> faults;
    const auto entries = read_suppressions(text, faults);
    const auto more = faults_of(entries, results);
    std::set<std::string> names;
    for (const auto& all : {faults, more})
        for (const auto& fault : all) {
            names.insert(fault.name);
            EXPECT_FALSE(fault.why.empty());
            EXPECT_FALSE(fault.remedy.empty());
        }
    return names;
}

using Names = std::set<std::string>;
const std::vector<Result> results = {result_of("web::Site::visit(int)")};

TEST(Suppressions, AGoodEntryHasNoFault) {
    EXPECT_EQ(names_of("# issue 7: goes with the new parser\nrace:web::Site::visit\n", results),
              Names());
    EXPECT_EQ(names_of("# one reason for both\nrace:web::Site::visit\nrace:site.cpp", results),
              Names());
}

TEST(Suppressions, ThatAreTooBroadAreNamed) {
    for (const std::string pattern :
         {"std::", "^std::*", "*", "", "libweb", "libweb.so", "web.so.2", "web::", "^web::*",
          "/src/", "vi", "boost::lockfree"})
        EXPECT_TRUE(names_of("# why\nrace:" + pattern, results).contains("too-broad")) << pattern;
    EXPECT_TRUE(names_of("# why\ncalled_from_lib:foo", results).contains("too-broad"));
    for (const std::string pattern : {"web::Site::visit", "library::call", "libraries.cpp"})
        EXPECT_FALSE(names_of("# why\nrace:" + pattern, results).contains("too-broad")) << pattern;
}

TEST(Suppressions, ThatHitNothingAreStale) {
    EXPECT_EQ(names_of("# why\nrace:web::Site::leave", results), Names{"stale"});
    EXPECT_EQ(names_of("# why\nmutex:web::Site::visit", results), Names{"stale"}) << "not a mutex";
    EXPECT_EQ(names_of("# why\nrace_top:web::Site::visit", results), Names{"stale"})
        << "not the innermost";
    EXPECT_EQ(names_of("# why\nrace_top:^inner", results), Names());
    EXPECT_EQ(names_of("# why\nthread:web::Site", {result_of("web::Site::visit", "thread-leak")}),
              Names());
    auto hidden = result_of("web::Site::visit(int)");
    std::swap(hidden.reports, hidden.suppressed);
    EXPECT_EQ(names_of("# why\nrace:web::Site::visit", {hidden}), Names()) << "it was in force";
}

TEST(Suppressions, WithoutAReasonAreNamed) {
    for (const std::string above : {"", "# why\n\n", "#\n", "#  #\n"})
        EXPECT_EQ(names_of(above + "race:web::Site::visit", results), Names{"no-reason"}) << above;
}

TEST(Suppressions, ThatSilenceTheCanaryAreNamed) {
    for (const std::string entry : {"race:Racy::visit", "race_top:*visit", "race:canary.cpp"})
        EXPECT_TRUE(names_of("# why\n" + entry, results).contains("silences-canary")) << entry;
    auto canary = result_of("std::thread::_Invoker<web::site>");
    canary.info.name = "racepair.canary";
    EXPECT_TRUE(names_of("# why\nrace:_Invoker<web", {canary}).contains("silences-canary"))
        << "as the results show it";
}

TEST(Suppressions, ThatTheRuntimeRefusesAreNamed) {
    std::vector<SuppressionFault> faults;
    const auto entries = read_suppressions("# why\nweb::Site\r\nraces:x\n  race:site  \n", faults);
    ASSERT_EQ(faults.size(), 2u);
    EXPECT_EQ(faults[0].line, 2);
    EXPECT_EQ(faults[0].entry, "web::Site");
    EXPECT_EQ(faults[1].line, 3);
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0].line, 4);
    EXPECT_EQ(entries[0].pattern, "site");
}

TEST(Suppressions, OfValgrindAreRefused) {
    std::vector<SuppressionFault> faults;
    EXPECT_THROW(read_suppressions("{\n name\n Helgrind:Race\n fun:x\n}\n", faults),
                 std::runtime_error);
}

}  // namespace
}  // namespace racepair::judge
