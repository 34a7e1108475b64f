#include "racepair/registry.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>

namespace racepair {
namespace {

std::vector<CaseEntry>& cases() {
    static std::vector<CaseEntry>
        all;  // a local static: registrations run before main, in any order
    return all;
}

}  // namespace

Registration::Registration(CaseEntry entry) {
    auto& all = cases();
    const auto place =
        std::upper_bound(all.begin(), all.end(), entry,
                         [](const CaseEntry& a, const CaseEntry& b) { return a.name < b.name; });
    all.insert(place, std::move(entry));
}

const std::vector<CaseEntry>& registered_cases() { return cases(); }

std::string readable_name(const char* mangled) {
    int status = 0;
    char* readable = abi::__cxa_demangle(mangled, nullptr, nullptr, &status);
    std::string name = status == 0 ? readable : mangled;
    std::free(readable);
    return name;
}

}  // namespace racepair
