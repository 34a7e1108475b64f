#pragma once

// A runtime of our own making in place of ThreadSanitizer's: it "reports" what a test tells it to.

#include <vector>

namespace racepair {

struct FakeAccess {
    int thread;
    void* address;
    int size;
    int write;
    int atomic;
    std::vector<void*> trace;
};

/// What the runtime has to report.
struct FakeReport {
    const char* kind = "data-race";
    std::vector<FakeAccess> accesses{};
    std::vector<std::vector<void*>> stacks{};
    int locations = 0;
    int threads = 0;
};

/// How often the runtime was asked to look away, and to look again.
struct Ignored {
    int begun = 0;
    int ended = 0;
};
extern Ignored ignored;

inline void* address(unsigned long number) { return reinterpret_cast<void*>(number); }

// Return addresses, each one byte behind the place that these are the names of.
inline void* const inlined_in_outer = address(0x1000);  // inlined() in outer(): two frames
inline void* const nameless = address(0x2000);
inline void* const long_named = address(0x3000);

}  // namespace racepair

extern "C" void __tsan_on_report(void* report);
namespace __tsan {
class ReportDesc;
bool OnReport(const ReportDesc* report, bool suppressed);
}  // namespace __tsan
