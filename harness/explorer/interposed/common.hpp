#pragma once

// What all interposed functions share. Each of them has two lives: outside of an exploration it is
// the system's own function; on a thread of the program under exploration it is ours.

#include <cstdint>

#include "../execution.hpp"
#include "../real.hpp"

// Seen by the dynamic linker, so that shared libraries call it too.
#define RACEPAIR_INTERPOSED extern "C" __attribute__((visibility("default")))

// Where the program called from.
#define RACEPAIR_PC reinterpret_cast<std::uintptr_t>(__builtin_return_address(0))

namespace racepair::explorer {

inline std::uintptr_t address_of(const volatile void* object) {
    return reinterpret_cast<std::uintptr_t>(object);
}

inline bool exploring() { return execution.is_exploring(); }

/// The system's functions, also for who calls before the program's own constructors have run.
#define RACEPAIR_CALL_REAL(name, ...) \
    (::racepair::explorer::real::find_all(), ::racepair::explorer::real::name(__VA_ARGS__))

}  // namespace racepair::explorer
