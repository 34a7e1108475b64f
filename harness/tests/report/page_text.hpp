#pragma once

// A page of results as text that does not depend on how it is packed.

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

namespace racepair::report {

inline std::string from_base64(const std::string& text) {
    const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned group = 0, bits = 0;
    for (const char letter : text) {
        if (letter == '=') break;
        group = group << 6U | static_cast<unsigned>(letters.find(letter));
        bits += 6;
        if (bits >= 8) bytes += static_cast<char>(group >> (bits -= 8) & 0xFFU);
    }
    return bytes;
}

inline std::string inflated(const std::string& bytes) {
    std::string text(8 << 20, '\0');
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, -15), Z_OK);
    std::string in = bytes;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    text.resize(stream.total_out);
    inflateEnd(&stream);
    return text;
}

/// The reports and schedules of a page.
inline std::string details_of(const std::string& page) {
    const std::string begin = "id=details>";
    const auto at = page.find(begin) + begin.size();
    return inflated(from_base64(page.substr(at, page.find('<', at) - at)));
}

/// The page without its own script and style sheet, and its details behind it.
inline std::string markup_of(const std::string& page) {
    const auto begin = page.find("<body>");
    return page.substr(begin, page.rfind("<script>") - begin) + details_of(page);
}

}  // namespace racepair::report
