// Creating, joining, detaching and ending threads, and the functions that run when one ends.

#include <errno.h>

#include "../noise.hpp"
#include "common.hpp"

using namespace racepair::explorer;

RACEPAIR_INTERPOSED int pthread_create(pthread_t* handle, const pthread_attr_t* attributes,
                                       void* (*start)(void*), void* argument) {
    if (!exploring())
        return RACEPAIR_CALL_REAL(pthread_create, handle, attributes, start, argument);
    int state = PTHREAD_CREATE_JOINABLE;
    if (attributes != nullptr) pthread_attr_getdetachstate(attributes, &state);
    const int number =
        execution.create_thread(start, argument, RACEPAIR_PC, state == PTHREAD_CREATE_DETACHED);
    *handle = carrier.handle(number);
    return 0;
}

RACEPAIR_INTERPOSED int pthread_join(pthread_t handle, void** result) {
    const int number = exploring() ? execution.find_thread(handle) : -1;
    if (number < 0) return RACEPAIR_CALL_REAL(pthread_join, handle, result);
    const Thread& target = execution.thread(number);
    if (number == execution.self().number) return EDEADLK;
    if ((execution.joinable() & only(number)) == 0) {
        execution.misuse("thread-misuse", "joins a thread that is joined or detached already",
                         RACEPAIR_PC, 0);
        return EINVAL;
    }
    execution.join(number, RACEPAIR_PC);
    if (result != nullptr) *result = target.result;
    return 0;
}

RACEPAIR_INTERPOSED int pthread_detach(pthread_t handle) {
    const int number = exploring() ? execution.find_thread(handle) : -1;
    if (number < 0) return RACEPAIR_CALL_REAL(pthread_detach, handle);
    execution.detach(number);
    return 0;
}

RACEPAIR_INTERPOSED void pthread_exit(void* result) {
    if (exploring()) execution.finish_thread(result);
    RACEPAIR_CALL_REAL(pthread_exit, result);
    __builtin_unreachable();
}

// Destructors of thread_local objects.
extern "C" int __cxa_thread_atexit_impl(void (*)(void*), void*, void*);
RACEPAIR_INTERPOSED int __cxa_thread_atexit(void (*function)(void*), void* argument, void* module) {
    if (!exploring()) return __cxa_thread_atexit_impl(function, argument, module);
    Thread& me = execution.self();
    if (me.farewell_count == Thread::most_farewells) execution.end(Ending::too_large, RACEPAIR_PC);
    me.farewells[me.farewell_count++] = {function, argument};
    return 0;
}

// An exception that nobody caught, a failed assertion.
RACEPAIR_INTERPOSED void abort() {
    if (exploring()) execution.end(Ending::aborted, RACEPAIR_PC);
    RACEPAIR_CALL_REAL(abort);
    __builtin_unreachable();
}
// The C library's own assert calls its own abort, which is not ours.
RACEPAIR_INTERPOSED void __assert_fail(const char* assertion, const char* file, unsigned line,
                                       const char* function) noexcept {
    if (exploring()) execution.end(Ending::aborted, RACEPAIR_PC);
    RACEPAIR_CALL_REAL(__assert_fail, assertion, file, line, function);
    __builtin_unreachable();
}
