#include "real.hpp"

#include <dlfcn.h>

#include "globals.hpp"

namespace racepair::explorer::real {

#define RACEPAIR_DEFINE_REAL(result, name, arguments) \
    RACEPAIR_KEPT result(*name) arguments = nullptr;
RACEPAIR_REAL_FUNCTIONS(RACEPAIR_DEFINE_REAL)
#undef RACEPAIR_DEFINE_REAL

RACEPAIR_KEPT long (*syscall)(long, ...) = nullptr;

void find_all() {
    if (syscall != nullptr) return;
#define RACEPAIR_FIND_REAL(result, name, arguments) \
    name = reinterpret_cast<result(*) arguments>(dlsym(RTLD_NEXT, #name));
    RACEPAIR_REAL_FUNCTIONS(RACEPAIR_FIND_REAL)
#undef RACEPAIR_FIND_REAL
    syscall = reinterpret_cast<long (*)(long, ...)>(dlsym(RTLD_NEXT, "syscall"));
}

namespace {
// Before the constructors of the program, which may lock or create threads.
__attribute__((constructor(101))) void find_all_early() { find_all(); }
}  // namespace

}  // namespace racepair::explorer::real
