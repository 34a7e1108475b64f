#pragma once

// The silent part of the subject: files that are compiled without any instrumentation whatever the
// subject's flags are, because they run inside a detector's runtime (which holds its locks there)
// or must stay invisible to it.
//
// They use no standard C++ library and call nothing that a runtime intercepts: an inline function
// of the library, used here and in instrumented code, exists once after linking, and it may be the
// instrumented one. What they need from outside is the kernel and the compiler's built-ins.

#if defined(__SANITIZE_THREAD__)
#error \
    "this file must be compiled without -fsanitize=thread (add -fno-sanitize=all): it runs inside the runtime"
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#error \
    "this file must be compiled without -fsanitize=thread (add -fno-sanitize=all): it runs inside the runtime"
#endif
#endif
