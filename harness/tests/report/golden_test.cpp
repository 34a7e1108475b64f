// Each format against a file that was looked at once: golden/<format>, made of golden/results.json,
// which holds each verdict and whatever has to be escaped. After a change that is meant:
//   RACEPAIR_WRITE_GOLDEN=1 build/plain-O0/bin/report_test --gtest_filter='Golden.*' && git diff

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "judge/result.hpp"
#include "page_text.hpp"
#include "report/format.hpp"

namespace racepair::report {
namespace {

const std::string folder = RACEPAIR_GOLDEN;

std::string text_in(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Golden, ResultsHoldEachVerdict) {
    std::set<judge::Verdict> verdicts;
    for (const auto& result : judge::read_results(folder + "/results.json").results)
        verdicts.insert(result.verdict);
    EXPECT_EQ(verdicts.size(), 1 + static_cast<std::size_t>(judge::Verdict::not_run));
}

TEST(Golden, EachFormatIsAsItWas) {
    const auto results = judge::read_results(folder + "/results.json");
    ASSERT_GE(all_formats().size(), 6u);
    for (const auto& format : all_formats()) {
        const auto file = folder + "/" + format.name;
        auto text = format.write(results, "/checkout");
        // Without its script, which is tested in a browser, and unpacked: another zlib packs it
        // otherwise.
        if (format.name == "html") text = markup_of(text);
        if (std::getenv("RACEPAIR_WRITE_GOLDEN") != nullptr)
            std::ofstream(file, std::ios::binary) << text;
        EXPECT_EQ(text, text_in(file)) << file;
    }
}

}  // namespace
}  // namespace racepair::report
