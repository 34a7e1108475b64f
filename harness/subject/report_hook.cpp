#include "report_hook.hpp"

#include "channel.hpp"
#include "json_line.hpp"
#include "preemption.hpp"
#include "silent.hpp"

// ThreadSanitizer's interface for debuggers, the same in clang's and in gcc's runtime. Weak: a
// subject may have no runtime, and an old one may lack a function.
#define RACEPAIR_WEAK extern "C" __attribute__((weak))
RACEPAIR_WEAK void __tsan_init();
RACEPAIR_WEAK const char* __tsan_default_options();
RACEPAIR_WEAK int __tsan_get_report_data(void* report, const char** description, int* count,
                                         int* stack_count, int* mop_count, int* loc_count,
                                         int* mutex_count, int* thread_count, int* unique_tid_count,
                                         void** sleep_trace, unsigned long trace_size);
RACEPAIR_WEAK int __tsan_get_report_stack(void* report, unsigned long index, void** trace,
                                          unsigned long trace_size);
RACEPAIR_WEAK int __tsan_get_report_mop(void* report, unsigned long index, int* tid, void** address,
                                        int* size, int* write, int* atomic, void** trace,
                                        unsigned long trace_size);
RACEPAIR_WEAK int __tsan_get_report_loc(void* report, unsigned long index, const char** type,
                                        void** address, void** start, unsigned long* size, int* tid,
                                        int* fd, int* suppressable, void** trace,
                                        unsigned long trace_size);
RACEPAIR_WEAK int __tsan_get_report_thread(void* report, unsigned long index, int* tid,
                                           unsigned long* os_id, int* running, const char** name,
                                           int* parent_tid, void** trace, unsigned long trace_size);
RACEPAIR_WEAK void __sanitizer_symbolize_pc(void* pc, const char* format, char* out,
                                            unsigned long out_size);

RACEPAIR_WEAK void __tsan_ignore_thread_begin();
RACEPAIR_WEAK void __tsan_ignore_thread_end();

namespace __tsan {
class ReportDesc;
/// Called by the runtime for each report that is ready, with its report lock held; weak there, so
/// that this one takes its place. Returns whether the report stays unprinted.
bool OnReport(const ReportDesc* report, bool suppressed);
}  // namespace __tsan

namespace racepair::subject {
namespace {

constexpr int most_frames = 24;  // of a stack, in machine frames
constexpr int most_named = 20;   // … and in named ones: an inlined call is a frame too
constexpr int enough_reports_of_trial =
    16;  // from there on, a member that causes another one is watched no more
constexpr int most_reports = 400;
constexpr int most_suppressed = 40;

const char* variant_now = "";
long long trial_now = -1;
long long reports = 0;
long long written_out = 0;
int most_reports_of_trial = 4;  // written out; the others are only counted
int suppressed_so_far = 0;
int reports_of_trial = 0;
__thread bool is_at_work = false;
__thread bool is_ignored = false;
const char* object_begin = nullptr;
unsigned long object_size = 0;

// The runtime reports one race at a time, so one set of buffers is enough; they are static because
// a thread's stack may be small, and zeroing a large local array would call memset, which the
// runtime intercepts.
char line_buffer[128 * 1024];
char names[16 * 1024];
void* trace[most_frames];

unsigned long length_of(const char* text) {
    unsigned long length = 0;
    while (text[length] != '\0') ++length;
    return length;
}

/// "function\x1Ffile\x1Fline", as asked for in the format below.
void write_frame(JsonLine& line, const void* pc, const char* name, unsigned long length) {
    unsigned long end[2] = {length, length};
    for (unsigned long i = 0, found = 0; i < length && found < 2; ++i)
        if (name[i] == '\x1F') end[found++] = i;
    long long number = 0;
    for (unsigned long i = end[1] + 1; i < length && name[i] >= '0' && name[i] <= '9'; ++i)
        number = number * 10 + (name[i] - '0');
    const unsigned long function = end[0] < 600 ? end[0] : 600;
    const unsigned long file = end[1] > end[0] ? end[1] - end[0] - 1 : 0;
    line.begin_object().key("function").text(name, function);
    line.key("file").text(name + end[0] + 1, file);
    line.key("line").number(number).key("pc").address(pc).end_object();
}

/// The frames of `trace`, innermost first. The runtime repeats the address of a call for each
/// function inlined there, and the symbolizer names them all at once, so each address is asked for
/// once.
void write_stack(JsonLine& line) {
    int named = 0;
    line.begin_array();
    for (int i = 0; i < most_frames && trace[i] != nullptr && named < most_named; ++i) {
        if (i > 0 && trace[i] == trace[i - 1]) continue;
        if (__sanitizer_symbolize_pc == nullptr) {
            write_frame(line, trace[i], "", 0);
            ++named;
            continue;
        }
        // Traces hold return addresses; the call is before them. The names come one after the
        // other, each ended by a zero, the last one by two; the buffer's own end makes sure of it.
        names[0] = names[sizeof names - 2] = names[sizeof names - 1] = '\0';
        __sanitizer_symbolize_pc(static_cast<char*>(trace[i]) - 1, "%f\x1F%s\x1F%l", names,
                                 sizeof names - 2);
        for (const char* name = names; *name != '\0' && named < most_named; ++named) {
            const unsigned long length = length_of(name);
            write_frame(line, trace[i], name, length);
            name += length + 1;
        }
    }
    line.end_array();
}

void forget_trace() {
    for (auto& frame : trace) frame = nullptr;
}

void write_accesses(JsonLine& line, void* report, int count) {
    line.key("accesses").begin_array();
    for (int i = 0; i < count; ++i) {
        int thread = -1, size = 0, is_write = 0, is_atomic = 0;
        void* address = nullptr;
        forget_trace();
        __tsan_get_report_mop(report, static_cast<unsigned long>(i), &thread, &address, &size,
                              &is_write, &is_atomic, trace, most_frames);
        line.begin_object();
        line.key("thread")
            .number(thread)
            .key("write")
            .boolean(is_write != 0)
            .key("atomic")
            .boolean(is_atomic != 0);
        line.key("size").number(size).key("address").address(address);
        line.key("in_object").boolean(lies_in_object(address)).key("stack");
        write_stack(line);
        line.end_object();
    }
    line.end_array();
}

/// Where there is no access (a leaked thread, a misused mutex), the report's own stacks say where.
void write_stacks(JsonLine& line, void* report, int count) {
    line.key("stacks").begin_array();
    for (int i = 0; i < count && __tsan_get_report_stack != nullptr; ++i) {
        forget_trace();
        __tsan_get_report_stack(report, static_cast<unsigned long>(i), trace, most_frames);
        write_stack(line);
    }
    line.end_array();
}

void write_locations(JsonLine& line, void* report, int count) {
    line.key("locations").begin_array();
    for (int i = 0; i < count && __tsan_get_report_loc != nullptr; ++i) {
        const char* type = "";
        void *address = nullptr, *start = nullptr;
        unsigned long size = 0;
        int thread = -1, fd = -1, suppressable = 0;
        __tsan_get_report_loc(report, static_cast<unsigned long>(i), &type, &address, &start, &size,
                              &thread, &fd, &suppressable, trace, most_frames);
        line.begin_object().key("type").text(type).key("size").number(static_cast<long long>(size));
        line.key("thread").number(thread).end_object();
    }
    line.end_array();
}

void write_threads(JsonLine& line, void* report, int count) {
    line.key("threads").begin_array();
    for (int i = 0; i < count && __tsan_get_report_thread != nullptr; ++i) {
        int thread = -1, running = 0, parent = -1;
        unsigned long os_id = 0;
        const char* name = nullptr;
        __tsan_get_report_thread(report, static_cast<unsigned long>(i), &thread, &os_id, &running,
                                 &name, &parent, trace, most_frames);
        line.begin_object().key("thread").number(thread).key("running").boolean(running != 0);
        line.key("name").text(name).key("parent").number(parent).end_object();
    }
    line.end_array();
}

void write_report(const char* record, void* report) {
    const char* kind = "";
    int count = 0, stacks = 0, accesses = 0, locations = 0, mutexes = 0, threads = 0,
        unique_threads = 0;
    __tsan_get_report_data(report, &kind, &count, &stacks, &accesses, &locations, &mutexes,
                           &threads, &unique_threads, trace, most_frames);
    JsonLine line(line_buffer, sizeof line_buffer);
    line.record(record)
        .key("kind")
        .text(kind)
        .key("variant")
        .text(variant_now)
        .key("trial")
        .number(trial_now);
    write_accesses(line, report, accesses);
    write_stacks(line, report, stacks);
    write_locations(line, report, locations);
    write_threads(line, report, threads);
    send(line.end());
}

}  // namespace

void now_running(const char* variant, long long trial) {
    variant_now = variant;
    trial_now = trial;
    __atomic_store_n(&reports_of_trial, 0, __ATOMIC_RELAXED);
}

void write_all_reports() { most_reports_of_trial = most_reports; }

void member_begins_work() { is_at_work = true; }

void member_ends_work() {
    is_at_work = false;
    if (is_ignored) __tsan_ignore_thread_end();
    is_ignored = false;
}

long long reports_so_far() { return __atomic_load_n(&reports, __ATOMIC_SEQ_CST); }

bool thread_sanitizer_is_linked() { return __tsan_init != nullptr; }

bool reports_can_be_read() {
    return __tsan_get_report_data != nullptr && __tsan_get_report_mop != nullptr;
}

const char* compiled_in_options() {
    return __tsan_default_options != nullptr ? __tsan_default_options() : "";
}

void object_lives_at(const void* begin, unsigned long size) {
    object_begin = static_cast<const char*>(begin);
    object_size = size;
}

bool lies_in_object(const void* address) {
    const auto* byte = static_cast<const char*>(address);
    return object_begin != nullptr && byte >= object_begin && byte < object_begin + object_size;
}

}  // namespace racepair::subject

/// Called by the runtime for each report that it prints, with its report lock held.
extern "C" void __tsan_on_report(void* report) {
    using namespace racepair::subject;
    __atomic_fetch_add(&reports, 1, __ATOMIC_SEQ_CST);
    let_trial_be();
    if (!reports_can_be_read()) return;
    const int number = __atomic_fetch_add(&reports_of_trial, 1, __ATOMIC_RELAXED);
    if (number >= enough_reports_of_trial && is_at_work && !is_ignored &&
        __tsan_ignore_thread_begin != nullptr && __tsan_ignore_thread_end != nullptr) {
        is_ignored = true;
        __tsan_ignore_thread_begin();
    }
    if (number >= most_reports_of_trial) return;
    if (written_out++ >= most_reports) return;
    write_report("report", report);
}

/// What a suppression hides from the user is no secret for the judge.
bool __tsan::OnReport(const ReportDesc* report, bool suppressed) {
    using namespace racepair::subject;
    if (suppressed && reports_can_be_read() && suppressed_so_far++ < most_suppressed)
        write_report("suppressed", const_cast<ReportDesc*>(report));
    return suppressed;
}
