// Evidence is read whatever it says: what is wrong with it is a fault, never an exception.

#include "judge/evidence.hpp"

#include "text.hpp"

using namespace racepair::judge;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto text = text_of(bytes, size);
    const auto evidence = read_evidence(text);
    must(!evidence.bye || !text.empty());
    for (const auto& [name, run] : evidence.runs) {
        long long counted = 0;
        for (const auto& outcome : run.outcomes) counted += outcome.count;
        must(counted == run.trials || !evidence.faults.empty());
    }
    return 0;
}
