#pragma once

namespace lying {

/// Dies of SIGSEGV. The optimiser may not know that the pointer is null, or it would make a trap of
/// this.
inline void write_to_nowhere() {
    int* volatile nowhere = nullptr;
    *static_cast<volatile int*>(nowhere) = 1;
}

}  // namespace lying
