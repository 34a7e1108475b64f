#include "channel.hpp"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "json_line.hpp"
#include "silent.hpp"

namespace racepair::subject {
namespace {

int channel = -1;
long owner = 0;
bool busy = false;

void write_all(const char* bytes, unsigned long size) {
    while (size > 0) {
        // The system call itself: the library's write() is one of the functions that runtimes
        // intercept.
        const long written = syscall(SYS_write, channel, bytes, size);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;  // nobody reads any more; there is nobody to tell
        bytes += written;
        size -= static_cast<unsigned long>(written);
    }
}

}  // namespace

void open_channel(int descriptor) {
    channel = descriptor;
    owner = syscall(SYS_getpid);
}

void send(const JsonLine& line) {
    if (channel < 0 || syscall(SYS_getpid) != owner) return;
    while (__atomic_test_and_set(&busy, __ATOMIC_ACQUIRE)) syscall(SYS_sched_yield);
    if (line.fits()) {
        write_all(line.data(), line.size());
        write_all("\n", 1);
    } else {
        static const char too_long[] =
            "{\"record\":\"trouble\",\"what\":\"a line of evidence did not fit its buffer\"}\n";
        write_all(too_long, sizeof too_long - 1);
    }
    __atomic_clear(&busy, __ATOMIC_RELEASE);
}

}  // namespace racepair::subject
