// The canary: it reads one byte too many of a text that begins with "races". A fuzzer that does not
// find that would not find anything else.

#include <memory>

#include "text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto text = text_of(bytes, size);
    if (!text.starts_with("races")) return 0;
    const auto copy = std::make_unique<char[]>(size);
    volatile char beyond = copy[size];
    static_cast<void>(beyond);
    return 0;
}
