#pragma once

#include <optional>
#include <string>

namespace racepair::judge {

/// What the judge needs to know of the machine it runs on.
struct Machine {
    int cpus_online = 1;
    int cpus_allowed = 1;
    std::string allowed_list;  // "0-3,8", as taskset takes it
    std::optional<int> mmap_rnd_bits;
    std::optional<std::string> tsan_options;  // of the user's environment
    std::string symbolizer;                   // path of llvm-symbolizer in PATH, or ""
    std::string other_symbolizer;             // one that is installed under a versioned name, or ""

    /// True where the CPUs that may be used are fewer than there are.
    bool is_pinned() const { return cpus_allowed < cpus_online; }
};

/// Looks at the machine now.
Machine this_machine();

/// The path of a program that PATH leads to, or "".
std::string program_in_path(const std::string& name);

/// How many random bits of an address ThreadSanitizer's older runtimes (LLVM before 18.1, gcc
/// before 14) can live with; with more, they find their shadow memory taken and end before main.
constexpr int most_mmap_rnd_bits = 28;

}  // namespace racepair::judge
