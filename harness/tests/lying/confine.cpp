// confine: starts a program in a set-up that is short of something.
//
//     confine deny-personality PROGRAM [ARGUMENT …]    as a container's seccomp profile does
//     confine one-cpu PROGRAM [ARGUMENT …]             as `taskset -c` does

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <string>

namespace {

bool deny_personality() {
    // Written for the one architecture that this program is compiled for; a system call of another
    // (32-bit) is let through by its number, which does no harm here.
    sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_personality, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{sizeof steps / sizeof steps[0], steps};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

bool keep_one_cpu() {
    cpu_set_t allowed, one;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return false;
    int cpu = 0;
    while (!CPU_ISSET(cpu, &allowed)) ++cpu;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    return sched_setaffinity(0, sizeof one, &one) == 0;
}

}  // namespace

int main(int count, char** words) {
    const std::string how = count > 2 ? words[1] : "";
    if (how != "deny-personality" && how != "one-cpu") {
        std::fprintf(stderr, "usage: confine deny-personality|one-cpu PROGRAM [ARGUMENT …]\n");
        return 2;
    }
    if (how == "deny-personality" ? deny_personality() : keep_one_cpu()) execv(words[2], words + 2);
    std::perror("confine");
    return 126;
}
