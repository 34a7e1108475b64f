#include "fake_runtime.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

using namespace racepair;

Ignored racepair::ignored;

namespace {

const FakeReport* fake(void* report) { return static_cast<const FakeReport*>(report); }

void copy(const std::vector<void*>& from, void** to, unsigned long size) {
    for (unsigned long i = 0; i < size; ++i) to[i] = i < from.size() ? from[i] : nullptr;
}

}  // namespace

extern "C" {

void __tsan_init() {}
void __tsan_ignore_thread_begin() { ++ignored.begun; }
void __tsan_ignore_thread_end() { ++ignored.ended; }
const char* __tsan_default_options() { return "history_size=7"; }

int __tsan_get_report_data(void* report, const char** description, int* count, int* stack_count,
                           int* mop_count, int* loc_count, int* mutex_count, int* thread_count,
                           int* unique_tid_count, void**, unsigned long) {
    *description = fake(report)->kind;
    *count = 1;
    *stack_count = static_cast<int>(fake(report)->stacks.size());
    *mop_count = static_cast<int>(fake(report)->accesses.size());
    *loc_count = fake(report)->locations;
    *mutex_count = *unique_tid_count = 0;
    *thread_count = fake(report)->threads;
    return 1;
}

int __tsan_get_report_mop(void* report, unsigned long index, int* tid, void** addr, int* size,
                          int* write, int* atomic, void** trace, unsigned long trace_size) {
    const auto& access = fake(report)->accesses.at(index);
    *tid = access.thread;
    *addr = access.address;
    *size = access.size;
    *write = access.write;
    *atomic = access.atomic;
    copy(access.trace, trace, trace_size);
    return 1;
}

int __tsan_get_report_stack(void* report, unsigned long index, void** trace, unsigned long size) {
    copy(fake(report)->stacks.at(index), trace, size);
    return 1;
}

int __tsan_get_report_loc(void*, unsigned long, const char** type, void**, void**,
                          unsigned long* size, int* tid, int*, int*, void**, unsigned long) {
    *type = "heap";
    *size = 40;
    *tid = 1;
    return 1;
}

int __tsan_get_report_thread(void*, unsigned long index, int* tid, unsigned long*, int* running,
                             const char** name, int* parent, void**, unsigned long) {
    *tid = static_cast<int>(index) + 1;
    *running = 1;
    *name = nullptr;
    *parent = 0;
    return 1;
}

void __sanitizer_symbolize_pc(void* pc, const char* format, char* out, unsigned long size) {
    EXPECT_STREQ(format, "%f\x1F%s\x1F%l");
    const void* place = static_cast<char*>(pc) + 1;
    const std::string separator = "\x1F", end(1, '\0');
    std::string names = "f" + separator + "/f.cpp" + separator + "1";
    if (place == inlined_in_outer)
        names = "inlined()" + separator + "/a dir/in.hpp" + separator + "7" + end + "outer()" +
                separator + "/out.cpp" + separator + "21";
    if (place == nameless) names = "<null>" + separator + "<null>" + separator + "0";
    if (place == long_named)
        names = std::string(2000, 'f') + separator + "/long.cpp" + separator + "3";
    names.append(2, '\0');
    std::copy_n(names.data(), std::min(names.size(), size), out);
}

}  // extern "C"
