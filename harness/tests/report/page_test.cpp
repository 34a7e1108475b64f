#include "report/page.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <stdexcept>

#include "page_text.hpp"
#include "report/page/difference.hpp"
#include "report/page/markup.hpp"
#include "report/page/packed.hpp"
#include "sample_results.hpp"

namespace racepair::report {
namespace {

using judge::Result;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::vector<Result> all_samples() {
    auto results = sample_results();
    results.push_back(racy_under_explore());
    results.push_back(fixed_under_explore());
    return results;
}

/// Each tag of a page with the names of its attributes, without their values.
std::vector<std::string> tags_of(const std::string& markup) {
    static const std::regex tag("<[^>]*>"), value("=(\"[^\"]*\"|[^ >]*)");
    std::vector<std::string> tags;
    for (std::sregex_iterator at(markup.begin(), markup.end(), tag), end; at != end; ++at)
        tags.push_back(std::regex_replace(at->str(), value, "="));
    return tags;
}

TEST(Markup, EscapesAllThatCouldEndATextOrAQuote) {
    EXPECT_EQ(page::escaped("<a href='x'>&\"</a>]]>"),
              "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;]]&gt;");
}

TEST(Markup, ReplacesWhatIsNoTextAndKeepsWhatIs) {
    const std::string no = "\xEF\xBF\xBD";
    EXPECT_EQ(page::escaped("a\xFF"
                            "b\xC3"),
              "a" + no + "b" + no);
    EXPECT_EQ(page::escaped("\xC0\x80\xED\xA0\x80"),
              no + no + no + no + no);  // overlong, surrogate
    EXPECT_EQ(page::escaped(std::string("\0\x1B[1m\x7F", 6)), no + no + "[1m" + no);
    EXPECT_EQ(page::escaped("\u202Eabc\u2066"), no + "abc" + no);
    EXPECT_EQ(page::escaped("2 × 2 … ◀\n\tü😀"), "2 × 2 … ◀\n\tü😀");
}

TEST(Markup, PutsTextAsTextAndMarkupAsMarkup) {
    page::Markup inner, outer;
    inner.put("<b>{}</b>", std::string("<i>"));
    outer.put("<p>{} {}</p>", inner, 7);
    EXPECT_EQ(outer.text(), "<p><b>&lt;i&gt;</b> 7</p>");
}

TEST(Markup, CutsBetweenLettersAndSaysSo) {
    EXPECT_EQ(page::escaped("üüü", 6), "üüü");
    EXPECT_EQ(page::escaped("ü<<ü", 4), "ü [… 2 bytes left out …] ü");
}

/// The marked parts of a text, in brackets.
std::string marked(const page::Source& one, const page::Source& other) {
    std::string text, whole;
    for (const auto& piece : page::difference(one, other)) {
        text += piece.differs ? "[" + piece.text + "]" : piece.text;
        whole += piece.text;
    }
    EXPECT_EQ(whole, one.text);
    return text;
}

TEST(Difference, MarksTheWordsThatTheOtherHasNot) {
    const page::Source racy{"struct Racy { int ops; void add() { ++ops; } };", "Racy"};
    const page::Source fixed{
        "struct Fixed { std::atomic<int> ops;  // cured\n void add() { ++ops; } };", "Fixed"};
    EXPECT_EQ(marked(fixed, racy),
              "struct Fixed { [std::atomic<]int[>] ops;  // cured\n void add() { ++ops; } };");
    EXPECT_EQ(marked(racy, fixed), racy.text);
}

TEST(Difference, MarksABlankBetweenTwoMarkedWordsButNotAnEndOfLine) {
    EXPECT_EQ(marked({"a b c\nd e", ""}, {"e", ""}), "[a b c]\n[d] e");
}

TEST(Difference, MarksNothingInTextsTooLongToCompare) {
    std::string one, other;
    for (int i = 0; i < 3000; ++i) one += "a ", other += "b ";
    EXPECT_EQ(marked({one, ""}, {other, ""}), one);
}

TEST(Packed, IsWhatItWas) {
    for (const std::string text : {"", "a", "ab", "abc", "<p>1 &lt; 2</p>"})
        EXPECT_EQ(inflated(from_base64(page::packed(text))), text);
    EXPECT_EQ(page::packed(""), "AwA=");
    EXPECT_LT(page::packed(std::string(100'000, 'x')).size(), 1000U);
}

TEST(Page, SaysTheVerdictOfTheRunFirst) {
    const auto results = all_samples();
    EXPECT_TRUE(has(page_of(results), "<h2 class=good>All 6 verdicts are as expected</h2>"));
    auto failing = results;
    failing.push_back(missed_under_tsan());
    const auto page = page_of(failing);
    EXPECT_TRUE(has(page, "<h2 class=bad>1 of 6 verdicts is not as expected</h2>"));
    EXPECT_TRUE(has(page, "under tsan clang 14: <b>MISSED</b> not one report"));
    EXPECT_TRUE(has(page_of({}), "<h2 class=bad>Nothing was judged</h2>"));
}

TEST(Page, ListsThreeFailuresAndFoldsTheOthersSoThatTheMatrixIsSeen) {
    std::vector<Result> results;
    for (int i = 0; i < 60; ++i) {
        auto result = missed_under_tsan();
        result.info.name = fmt::format("m.case_{}", i);
        result.name = result.info.name + ".racy";
        results.push_back(result);
    }
    const auto page = page_of(results);
    EXPECT_TRUE(has(page, "<h2 class=bad>60 of 60 verdicts are not as expected</h2>"));
    const auto fold = page.find("<summary>57 more</summary>");
    EXPECT_LT(page.find("m.case_10.racy"), fold);  // the third name in order
    EXPECT_GT(page.find("m.case_11.racy"), fold);
    EXPECT_TRUE(has(page, "… and 10 more, red in the matrix"));
}

TEST(Page, TellsAllOfAFailureOutsideOfItsDetails) {
    auto results = all_samples();
    results.push_back(missed_under_tsan());
    const auto page = page_of(results);
    for (const char* part :
         {"something else to know", "neutralised report_bugs=0", "its own line",
          "racepair judge /build/cases --detector tsan --filter counters.sample.racy"})
        EXPECT_TRUE(has(page, part)) << part;
    EXPECT_FALSE(has(page, "of the canary"));
}

TEST(Page, HasAMarkForEachVariantAndLane) {
    const auto page = page_of(all_samples());
    EXPECT_TRUE(has(page,
                    "<a href=\"#case/counters.sample\">sample</a><td><i class=c>caught</i><i "
                    "class=s>silent</i><td><i class=c>caught"));
    EXPECT_TRUE(has(page, "<article id=\"case/counters.sample\">"));
}

TEST(Page, StandsInTheOrderOfACourseAndLeavesNoCaseOut) {
    std::vector<Result> results;
    for (const auto* name : {"locks.a", "locks.b", "tasks.c"}) {
        auto result = sample_results().front();
        result.name = std::string(name) + result.name.substr(result.name.rfind('.'));
        result.info.name = name;
        results.push_back(std::move(result));
    }
    const std::vector<Part> course = {{"First <part>", {"tasks.c", "locks.gone"}},
                                      {"Nothing of it was judged", {"locks.other"}},
                                      {"Second part", {"locks.b"}}};
    const auto positions_in = [](const std::string& page, std::vector<std::string> words) {
        std::vector<std::size_t> at;
        for (const auto& word : words) at.push_back(page.find(word));
        return at;
    };
    const auto page = page_of(results, course);
    const auto at = positions_in(
        page, {">First &lt;part&gt;\n", "\">tasks.c</a>", ">Second part\n", "\">locks.b</a>",
               ">not in the course\n", "\">locks.a</a>", "<article id=\"case/tasks.c\"",
               "<article id=\"case/locks.b\"", "<article id=\"case/locks.a\""});
    EXPECT_NE(at.back(), std::string::npos);
    EXPECT_TRUE(std::is_sorted(at.begin(), at.end()));
    EXPECT_FALSE(has(page, "Nothing of it was judged"));
    const auto by_name = positions_in(page_of(results),
                                      {">locks\n", "\">a</a>", "\">b</a>", ">tasks\n", "\">c</a>"});
    EXPECT_NE(by_name.back(), std::string::npos);
    EXPECT_TRUE(std::is_sorted(by_name.begin(), by_name.end()));
}

TEST(Page, MarksTheDifferenceAndTheRacingLine) {
    auto results = all_samples();
    for (auto& result : results) result.code = {{"/cases/sample.cpp:14", "void add() { ++ops; }"}};
    const auto page = page_of(results);
    EXPECT_TRUE(has(page, "<pre data-first=12>struct Racy {"));
    EXPECT_TRUE(has(page, "<b data-line=14>    void add() { ++ops; }</b>"));
    EXPECT_TRUE(has(page, "<mark>std::atomic&lt;</mark>int<mark>&gt;</mark>"));
}

TEST(Page, NumbersNoLinesWhereItCannotTellThem) {
    auto results = sample_results();
    for (auto& result : results) {
        result.definition = "a;\nb;\na;";
        result.code = {{"/cases/sample.cpp:14", "a;"}};
    }
    EXPECT_FALSE(has(markup_of(page_of(results)), "data-first"));
    EXPECT_FALSE(has(markup_of(page_of(results)), "data-line"));
}

TEST(Page, MarksTheRightOutcomeAndCountsTrialsByFlaggedAndWrong) {
    const auto page = details_of(page_of(all_samples()));
    EXPECT_TRUE(has(page,
                    "<tr class=right><th scope=row>50000 <small>right</small><td>100<svg><rect "
                    "width=10% /></svg><td>1000<svg><rect width=100% /></svg>"));
    EXPECT_TRUE(has(page, "<tr><th scope=row>flagged, wrong<td>35<td>0"));
    EXPECT_TRUE(has(page, "<tr><th scope=row>silent, right<td>3<td>56"));
    EXPECT_TRUE(has(page, "<tr><th scope=row>not watched, wrong<td>900<td>0"));
}

TEST(Page, ReadsAReportAloudOnceForAllWhoSawIt) {
    const auto details = details_of(page_of(all_samples()));
    EXPECT_TRUE(has(details, "data-race, seen 4 times by tsan clang 14, explore clang 14"));
    EXPECT_TRUE(has(details, "Here thread 2 writes 4 bytes at <b>sample.cpp:14</b> <code>++ops;"));
    EXPECT_TRUE(has(details, "There thread 1 reads 4 bytes at <b>sample.cpp:15</b>"));
    EXPECT_TRUE(has(details, "Nothing orders the two, because"));
    EXPECT_EQ(details.find("<div class=report>"), details.rfind("<div class=report>"));
}

TEST(Page, TellsOutcomesAndReportsInShortWithoutItsScript) {
    const auto page = page_of(all_samples());
    const auto begin = page.find("<noscript><ul>");
    ASSERT_NE(begin, std::string::npos);
    const auto list = page.substr(begin, page.find("</noscript>", begin) - begin);
    EXPECT_EQ(list,
              "<noscript><ul>\n<li>racy: wrong in 900 of 1000 (plain), most often 42000; "
              "data-race at line 14, line 15, by explore, tsan\n"
              "<li>fixed: wrong in 0 of 1000 (plain)\n</ul>");
}

TEST(Page, SaysOfAHandoverWhatWouldHaveOrderedTheTwo) {
    auto result = racy_under_tsan();
    result.reports.front().handover = {result.reports.front().accesses[0].stack,
                                       result.reports.front().accesses[1].stack};
    result.reports.pop_back();
    const auto details = details_of(page_of({result}));
    EXPECT_TRUE(has(details, "were the store a release"));
    EXPECT_FALSE(has(details, "Nothing orders the two"));
}

TEST(Page, SaysOfEachThreadThatWaitsForWhatAndWhere) {
    auto result = racy_under_explore();
    auto& report = result.reports.front();
    result.reports.pop_back();
    report.kind = "deadlock";
    report.stacks = {report.accesses[0].stack, report.accesses[1].stack};
    report.accesses.clear();
    report.waits = {{1, "lock", "0x7b00", 2}, {2, "thread", "", 1}};
    const auto details = details_of(page_of({result}));
    EXPECT_TRUE(
        has(details, "<li>Thread 1 waits for a lock that thread 2 has at <b>sample.cpp:14"));
    EXPECT_TRUE(has(details, "<li>Thread 2 waits for thread 1 to end at <b>sample.cpp:15"));
}

TEST(Page, TellsAScheduleStepByStepInAColumnAThread) {
    const auto details = details_of(page_of(all_samples()));
    EXPECT_TRUE(has(details, "<th scope=col>line<th scope=col>thread 1<th scope=col>thread 2"));
    EXPECT_TRUE(has(details, "<tr><td>14<td><var>ops</var> → <b>0</b><td><td>++ops;"));
    EXPECT_TRUE(has(details, "<tr><td>14<td><td><var>ops</var> = <b>1</b><td>\n"));
    EXPECT_TRUE(has(details, "the 1 is lost"));
    EXPECT_TRUE(has(details, "racepair replay /build/cases counters.sample.racy rp1-1f"));
}

/// Samples in which each text is `evil`.
std::vector<Result> samples_of(const std::string& evil) {
    auto results = all_samples();
    results.push_back(missed_under_tsan());
    for (auto& result : results) {
        result.info.name = "m." + evil;
        result.variant = evil + result.variant;
        result.name = result.info.name + "." + result.variant;
        result.info.lesson = result.info.exercise = result.info.source = result.info.file = evil;
        result.info.expected = {evil};
        result.identity.compiler = result.subject = result.reproduce = evil;
        result.definition = result.seen = result.log = result.expectation.why = evil;
        result.details = result.notes = {evil};
        for (auto& info : result.info.variants) {
            info.type = evil;
            info.name = evil + info.name;
        }
        for (auto& outcome : result.outcomes) outcome.outcome = evil;
        for (auto& report : result.reports) {
            report.kind = report.what = evil;
            report.waits = {{1, evil, evil, 2}};
            for (auto& access : report.accesses) {
                access.address = evil;
                for (auto& frame : access.stack) frame.function = frame.file = evil;
            }
        }
        for (auto& [place, line] : result.code) line = evil;
        if (!result.schedule) continue;
        result.schedule->text = result.schedule->outcome = evil;
        for (auto& [object, name] : result.schedule->names) name = evil;
        for (auto& step : result.schedule->steps) step.locks = {evil};
    }
    return results;
}

TEST(Page, IsBuiltOfTheSameTagsWhateverTheTextsAre) {
    const auto harmless = tags_of(markup_of(page_of(samples_of("x"))));
    ASSERT_GT(harmless.size(), 200U);
    for (const char* evil :
         {"<script>alert(1)</script>", "</script><script>alert(1)", "x\" onmouseover=\"alert(1)",
          "x' onmouseover='alert(1)", "]]>", "<!--", "</pre></style>", "javascript:alert(1)",
          "<img src=x onerror=alert(1)>"}) {
        // A file whose name begins with '<' is nobody's to blame.
        const auto page = page_of(samples_of(std::string("x") + evil));
        EXPECT_EQ(tags_of(markup_of(page)), harmless) << evil;
        EXPECT_FALSE(has(markup_of(page), "<script>alert"));
    }
}

TEST(Page, HasNoScriptButItsOwn) {
    const auto page = page_of(all_samples());
    std::smatch policy;
    ASSERT_TRUE(
        std::regex_search(page, policy, std::regex("Content-Security-Policy content=\"([^\"]*)")));
    EXPECT_TRUE(has(policy[1], "default-src 'none'; script-src 'sha256-"));
    EXPECT_FALSE(has(policy[1], "unsafe"));
    EXPECT_FALSE(has(page, "http://"));
    EXPECT_FALSE(has(page, "https://"));
}

TEST(Page, GivesEachNameAnAnchorOfItsOwn) {
    std::vector<Result> results;
    std::set<std::string> anchors;
    for (const char* name : {"a.b c", "a.b-20c", "a.b\"c", "a.b/c"}) {
        auto result = racy_under_plain();
        result.info.name = name;
        result.name = result.info.name + ".racy";
        results.push_back(result);
    }
    const auto page = page_of(results);
    static const std::regex article("<article id=\"case/([A-Za-z0-9_.-]*)\">");
    for (std::sregex_iterator at(page.begin(), page.end(), article), end; at != end; ++at)
        anchors.insert((*at)[1]);
    EXPECT_EQ(anchors.size(), 4U);
}

TEST(Page, CutsTextsOfAMegabyteAndSaysSo) {
    auto result = missed_under_tsan();
    result.log = result.definition = result.info.lesson = result.reproduce = result.info.name =
        std::string(1 << 20, 'x');
    const auto page = page_of({result});
    EXPECT_LT(page.size(), 100'000U);
    EXPECT_TRUE(has(page, "[… 1045576 bytes left out …]"));
}

TEST(Page, RefusesAVariantThatIsNoneOfItsCase) {
    auto result = racy_under_plain();
    result.variant = "another";
    EXPECT_THROW(page_of({result}), std::runtime_error);
}

TEST(Page, OfACourseIsBelowHalfAMegabyte) {
    std::vector<Result> results;
    for (int i = 0; i < 113; ++i)
        for (const auto& sample : all_samples())
            for (const char* lane : {"14", "22"}) {
                auto result = sample;
                result.info.name = fmt::format("mechanism{}.case_{}", i % 12, i);
                result.name = result.info.name + "." + result.variant;
                result.identity.compiler_version = lane;
                results.push_back(result);
            }
    EXPECT_LT(page_of(results).size(), 500'000U);
}

}  // namespace
}  // namespace racepair::report
