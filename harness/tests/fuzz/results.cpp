// A document of results is refused with std::runtime_error, or every text of it is fit for a
// terminal and every result has its variant.

#include <stdexcept>

#include "judge/clean_text.hpp"
#include "judge/result.hpp"
#include "text.hpp"

using namespace racepair::judge;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) try {
    for (const auto& result : parse_results(text_of(bytes, size), "fuzz.json").results) {
        for (const auto& text : {result.name, result.seen, result.log, result.info.lesson})
            must(clean_text(text) == text);
        must(result.variant_info().name == result.variant);
    }
    return 0;
} catch (const std::runtime_error&) {
    return 0;
}
