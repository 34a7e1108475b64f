#pragma once

#include <cstdint>
#include <string_view>

/// What libFuzzer hands over, as the text that a parser reads.
inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

/// A promise of the parser's is broken: stops the fuzzer, which keeps the text.
inline void must(bool holds) {
    if (!holds) __builtin_trap();
}
