#include "judge/clipped_log.hpp"

#include <gtest/gtest.h>

namespace racepair::judge {
namespace {

TEST(ClippedLog, KeepsAShortTextWhole) {
    ClippedLog log(10);
    log.append("01234");
    log.append("56789");
    EXPECT_EQ(log.text(), "0123456789");
    EXPECT_EQ(log.dropped(), 0u);
}

TEST(ClippedLog, DropsTheMiddleAndSaysHowMuch) {
    ClippedLog log(4);
    log.append("abcdefg");
    EXPECT_EQ(log.text(), "ab\n[... 3 bytes dropped ...]\nfg");
    EXPECT_EQ(log.dropped(), 3u);
}

TEST(ClippedLog, CutsTheSameWhereverThePiecesEnd) {
    const std::string text = "The quick brown fox jumps over the lazy dog";
    ClippedLog whole(9);
    whole.append(text);
    for (std::size_t length = 1; length < text.size(); ++length) {
        ClippedLog pieces(9);
        for (std::size_t at = 0; at < text.size(); at += length)
            pieces.append(text.substr(at, length));
        EXPECT_EQ(pieces.text(), whole.text()) << "pieces of " << length;
        EXPECT_EQ(pieces.dropped(), text.size() - 9) << "pieces of " << length;
    }
}

TEST(ClippedLog, CountsAllWhenItMayKeepNothing) {
    ClippedLog log(0);
    log.append("abc");
    EXPECT_EQ(log.dropped(), 3u);
}

}  // namespace
}  // namespace racepair::judge
