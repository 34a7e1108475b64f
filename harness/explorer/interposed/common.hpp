#pragma once

// What all interposed functions share. Each of them has two lives: outside of an exploration it is
// the system's own function; on a thread of the program under exploration it is ours.

#include <time.h>

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

/// Where a thread's clock begins: any time will do, as long as it is always the same.
constexpr long long ns_per_second = 1'000'000'000;
constexpr long long epoch_ns = 1'700'000'000 * ns_per_second;

inline long long ns_of(const timespec& time) { return time.tv_sec * ns_per_second + time.tv_nsec; }
inline long long since_epoch(const timespec& time) { return ns_of(time) - epoch_ns; }

inline bool exploring() { return execution.is_exploring(); }

/// The system's functions, also for who calls before the program's own constructors have run.
#define RACEPAIR_CALL_REAL(name, ...) \
    (::racepair::explorer::real::find_all(), ::racepair::explorer::real::name(__VA_ARGS__))

}  // namespace racepair::explorer
