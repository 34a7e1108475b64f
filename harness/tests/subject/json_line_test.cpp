#include "subject/json_line.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

namespace racepair::subject {
namespace {

using nlohmann::json;

std::string text_of(const JsonLine& line) { return {line.data(), line.size()}; }

/// What a reader gets for one text.
std::string through_json(const std::string& text) {
    std::string buffer(6 * text.size() + 100, '#');
    JsonLine line(buffer.data(), buffer.size());
    line.record("x").key("text").text(text.data(), text.size()).end();
    EXPECT_TRUE(line.fits());
    EXPECT_EQ(text_of(line).find('\n'), std::string::npos) << "one line";
    return json::parse(text_of(line)).at("text");
}

const std::string replaced = "\xEF\xBF\xBD";  // U+FFFD

TEST(JsonLine, WritesOneObject) {
    char buffer[400];
    JsonLine line(buffer, sizeof buffer);
    line.record("trials").key("name").text("a.b").key("count").number(-7).key("on").boolean(true);
    line.key("off").boolean(false).key("share").millionths(250'000);
    line.key("list").begin_array().number(1).text("two").boolean(true).end_array();
    line.key("none").begin_array().end_array();
    line.key("objects").begin_array();
    line.begin_object().key("a").number(1).key("b").number(2).end_object();
    line.begin_object().end_object().end_array();
    line.key("end").text("").end();
    EXPECT_TRUE(line.fits());
    EXPECT_EQ(
        text_of(line),
        R"({"record":"trials","name":"a.b","count":-7,"on":true,"off":false,"share":0.250000,)"
        R"("list":[1,"two",true],"none":[],"objects":[{"a":1,"b":2},{}],"end":""})");
}

TEST(JsonLine, StartsAgainWithEachRecord) {
    char buffer[32];
    JsonLine line(buffer, sizeof buffer);
    line.record("a").key("far too long for the buffer").text("and its value").end();
    EXPECT_FALSE(line.fits());
    line.record("b").end();
    EXPECT_TRUE(line.fits());
    EXPECT_EQ(text_of(line), R"({"record":"b"})");
}

TEST(JsonLine, WritesEachNumber) {
    for (const long long number : {0LL, 1LL, -1LL, 9LL, 10LL, std::numeric_limits<long long>::max(),
                                   std::numeric_limits<long long>::min()}) {
        char buffer[100];
        JsonLine line(buffer, sizeof buffer);
        line.record("x").key("n").number(number).end();
        EXPECT_EQ(json::parse(text_of(line)).at("n").get<long long>(), number);
    }
}

TEST(JsonLine, WritesMillionthsAsAFraction) {
    for (const long long number : {0LL, 1LL, 250'000LL, 999'999LL, 1'000'000LL, 12'345'678LL, -1LL,
                                   -500'000LL, -1'500'000LL}) {
        char buffer[100];
        JsonLine line(buffer, sizeof buffer);
        line.record("x")
            .key("before")
            .number(1)
            .key("n")
            .millionths(number)
            .key("m")
            .number(2)
            .end();
        const auto read = json::parse(text_of(line));
        EXPECT_DOUBLE_EQ(read.at("n").get<double>(), static_cast<double>(number) / 1e6);
        EXPECT_EQ(read.at("m"), 2);
    }
}

TEST(JsonLine, WritesAddressesAsText) {
    char buffer[100];
    JsonLine line(buffer, sizeof buffer);
    line.record("x").key("a").begin_array().address(nullptr);
    line.address(reinterpret_cast<void*>(0x7b04000000f0)).address(reinterpret_cast<void*>(~0UL));
    line.end_array().end();
    EXPECT_EQ(json::parse(text_of(line)).at("a"),
              json({"0x0", "0x7b04000000f0", "0xffffffffffffffff"}));
}

TEST(JsonLine, ANullPointerIsNoText) {
    char buffer[100];
    JsonLine line(buffer, sizeof buffer);
    line.record("x").key("text").text(nullptr).end();
    EXPECT_EQ(text_of(line), R"({"record":"x","text":""})");
}

TEST(JsonLine, KeepsEachByteOfAscii) {
    std::string all;
    for (int byte = 0; byte < 128; ++byte) all += static_cast<char>(byte);
    EXPECT_EQ(through_json(all), all);
}

TEST(JsonLine, KeepsEachCodePoint) {
    std::string all;
    for (char32_t point = 0x80; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 61) {
        if (point >= 0xD800 && point <= 0xDFFF) continue;
        const auto byte = [&](unsigned shift, unsigned mark, unsigned mask) {
            all += static_cast<char>(mark | ((point >> shift) & mask));
        };
        if (point < 0x800) {
            byte(6, 0xC0, 0x1F);
        } else if (point < 0x10000) {
            byte(12, 0xE0, 0x0F);
            byte(6, 0x80, 0x3F);
        } else {
            byte(18, 0xF0, 0x07);
            byte(12, 0x80, 0x3F);
            byte(6, 0x80, 0x3F);
        }
        byte(0, 0x80, 0x3F);
    }
    EXPECT_EQ(through_json(all), all);
}

TEST(JsonLine, ReplacesWhatIsNotUtf8) {
    const std::pair<std::string, int> rows[] = {
        {"\x80", 1},              // a continuation of nothing
        {"\xC3", 1},              // ends too early
        {"\xE2\x82", 2},          // …
        {"\xF0\x9F\x98", 3},      // …
        {"\xC0\xAF", 2},          // overlong
        {"\xE0\x80\xAF", 3},      // …
        {"\xF0\x80\x80\xAF", 4},  // …
        {"\xED\xA0\x80", 3},      // a surrogate
        {"\xF4\x90\x80\x80", 4},  // beyond U+10FFFF
        {"\xF5\x80\x80\x80", 4},  // …
        {"\xFF\xFE", 2},
        {"\xE2\x82\xE2", 3},
    };
    for (const auto& [bytes, count] : rows) {
        std::string expected = "a";
        for (int i = 0; i < count; ++i) expected += replaced;
        EXPECT_EQ(through_json("a" + bytes + "b"), expected + "b");
    }
}

TEST(JsonLine, RandomBytesAreReadAsTheyWereOrReplaced) {
    std::mt19937 random(20240607);
    for (int round = 0; round < 3000; ++round) {
        std::string bytes;
        for (auto left = random() % 40; left > 0; --left) bytes += static_cast<char>(random());
        // The reader's own judgement of what is UTF-8, and its own replacement.
        const auto read = through_json(bytes);
        const bool is_utf8 =
            json::accept(json(bytes).dump(-1, ' ', false, json::error_handler_t::ignore)) &&
            json(bytes).dump(-1, ' ', false, json::error_handler_t::ignore) ==
                json(bytes).dump(-1, ' ', false, json::error_handler_t::replace);
        if (is_utf8)
            EXPECT_EQ(read, bytes) << "round " << round;
        else
            EXPECT_NE(read.find(replaced), std::string::npos) << "round " << round;
    }
}

TEST(JsonLine, ABufferTooSmallIsToldAndNotOverrun) {
    const auto write = [](JsonLine& line) {
        line.record("report").key("text").text("a\"\n\xE2\x82\xAC\xFF").key("n").number(-120);
        line.key("f").millionths(5).key("b").boolean(false).key("p").address(nullptr);
        line.key("l").begin_array().begin_object().end_object().end_array().end();
    };
    char large[400];
    JsonLine whole(large, sizeof large);
    write(whole);
    ASSERT_TRUE(whole.fits());
    for (unsigned long capacity = 0; capacity < whole.size() + 3; ++capacity) {
        std::string buffer(capacity + 8, '#');
        JsonLine line(buffer.data(), capacity);
        write(line);
        EXPECT_EQ(line.fits(), capacity >= whole.size()) << capacity;
        EXPECT_LE(line.size(), capacity);
        EXPECT_EQ(buffer.substr(capacity), "########") << capacity;
        EXPECT_EQ(text_of(line), text_of(whole).substr(0, line.size())) << capacity;
    }
}

}  // namespace
}  // namespace racepair::subject
