// What valgrind wrote is read, or it has a fault; without one, each report is of some kind.

#include "judge/valgrind_xml.hpp"

#include "text.hpp"

using namespace racepair::judge;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto output = read_valgrind(text_of(bytes, size));
    for (const auto& report : output.reports) must(!report.kind.empty() || !output.fault.empty());
    return 0;
}
