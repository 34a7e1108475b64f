// A suppressions file is refused with std::runtime_error, or each line of it is an entry or a fault
// of its own; matching ends whatever the pattern is.

#include "judge/suppressions.hpp"

#include <stdexcept>

#include "text.hpp"

using namespace racepair::judge;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) try {
    std::vector<SuppressionFault> faults;
    const auto text = text_of(bytes, size);
    const auto entries = read_suppressions(text, faults);
    for (const auto& entry : entries) {
        must(entry.line > 0 && !entry.type.empty());
        suppression_matches(entry.pattern, text);
    }
    for (const auto& fault : faults_of(entries, {})) must(fault.line > 0 && !fault.why.empty());
    return 0;
} catch (const std::runtime_error&) {
    return 0;
}
