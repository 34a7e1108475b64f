// What a subject that is explored says where another one has ThreadSanitizer's runtime: reports are
// the explorer's own, and only the object under test matters here.

#include "object_under_test.hpp"

#include "../subject/report_hook.hpp"

namespace racepair::subject {
namespace {

const char* object_begin = nullptr;
unsigned long object_size = 0;

}  // namespace

void now_running(const char*, long long) {}
void member_begins_work() {}
void member_ends_work() {}
long long reports_so_far() { return 0; }
bool thread_sanitizer_is_linked() { return false; }
bool reports_can_be_read() { return true; }
const char* compiled_in_options() { return ""; }

void object_lives_at(const void* begin, unsigned long size) {
    object_begin = static_cast<const char*>(begin);
    object_size = size;
}

bool lies_in_object(const void* address) {
    const auto* byte = static_cast<const char*>(address);
    return object_begin != nullptr && byte >= object_begin && byte < object_begin + object_size;
}

long offset_in_object(const void* address) {
    return lies_in_object(address) ? static_cast<const char*>(address) - object_begin : 0;
}

}  // namespace racepair::subject
