#include "judge/clean_text.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace racepair::judge {
namespace {

constexpr const char* no_letter = "\xEF\xBF\xBD";

TEST(CleanText, LeavesTextAsItIs) {
    for (const std::string text : {"", "plain", "a\tb\n", "Zwölf ≤ 𝄞 \u00A0", "\xF4\x8F\xBF\xBF"})
        EXPECT_EQ(clean_text(text), text);
}

TEST(CleanText, ReplacesWhatIsNoLetter) {
    using namespace std::string_literals;
    const std::vector<std::pair<std::string, std::string>> texts = {
        {"a\0b"s, "a@b"},
        {"\x1b[31m", "@[31m"},
        {"\r\x7F", "@@"},
        {"\xC2\x9B", "@@"},            // a control character beyond ASCII
        {"\xC0\xAF", "@@"},            // longer than it has to be
        {"\xE0\x80\xAF", "@@@"},       // …
        {"\xED\xA0\x80", "@@@"},       // half a pair of UTF-16
        {"\xEF\xBF\xBE", "@@@"},       // no character, for ever
        {"\xF4\x90\x80\x80", "@@@@"},  // beyond the last one
        {"\xF0\x8F\xBF\xBF", "@@@@"},
        {"ab\xE2\x80", "ab@@"},  // cut
        {"\xFF\xFE", "@@"},
    };
    for (const auto& [text, expected] : texts) {
        auto wanted = expected;
        for (auto at = wanted.find('@'); at != std::string::npos; at = wanted.find('@', at))
            wanted.replace(at, 1, no_letter);
        EXPECT_EQ(clean_text(text), wanted) << expected;
    }
}

TEST(ClipText, KeepsBothEnds) {
    EXPECT_EQ(clip_text("0123456789", 10), "0123456789");
    EXPECT_EQ(clip_text("0123456789a", 10), "01234 [… 1 bytes left out …] 6789a");
    EXPECT_LT(clip_text(std::string(1'000'000, 'x'), 100).size(), 150u);
}

TEST(ClipText, KeepsLettersWhole) {
    EXPECT_EQ(clip_text("ä€ä€ä€", 6), "ä [… 10 bytes left out …] €");
}

}  // namespace
}  // namespace racepair::judge
