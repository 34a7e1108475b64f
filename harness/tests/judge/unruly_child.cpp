// A child for subject_process_test: argv[1] names what it does, argv[2] a number or a path.
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string>

namespace {

int evidence_fd() {
    const char* number = std::getenv("RACEPAIR_EVIDENCE_FD");
    return number == nullptr ? -1 : std::atoi(number);
}

void write_all(int fd, const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written = write(fd, text.data() + done, text.size() - done);
        if (written <= 0) std::_Exit(99);
        done += static_cast<std::size_t>(written);
    }
}

void testify(const std::string& text) { write_all(evidence_fd(), text); }
void testify_pid() { testify(std::to_string(getpid()) + "\n"); }

// Ends by itself after a minute, so that a launcher that fails to end it leaves nothing for good.
[[noreturn]] void hang() {
    alarm(60);
    while (true) pause();
}

void become_deaf() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    for (int signal = 1; signal < NSIG; ++signal) {
        if (signal != SIGALRM) sigaction(signal, &ignore, nullptr);
    }
}

// Every process forked from here on holds the lock on this file.
void lock(const char* path) {
    const int file = open(path, O_RDWR);
    if (file < 0 || flock(file, LOCK_EX) != 0) std::_Exit(98);
}

// Forks a grandchild into a session of its own, its parent gone. Returns there with the pipe to
// tell that it is ready, and in the child with -1 when it has been told.
int daemonise() {
    int ends[2];
    if (pipe(ends) != 0) std::_Exit(97);
    if (fork() != 0) {
        close(ends[1]);
        char byte;
        if (read(ends[0], &byte, 1) != 1) std::_Exit(96);
        return -1;
    }
    setsid();
    if (fork() != 0) std::_Exit(0);
    const pid_t parent = getsid(0);
    while (getppid() == parent) sched_yield();
    return ends[1];
}

void leave_daemon(void (*deed)()) {
    const int to_child = daemonise();
    if (to_child < 0) return;
    deed();
    write_all(to_child, ".");
    hang();
}

[[noreturn]] void flood_evidence() {
    while (true) testify(std::string(1000, 'e') + "\n");
}

// Is a new process each moment: by the time its number is known it is no longer the one.
[[noreturn]] void flee() {
    const std::time_t give_up = std::time(nullptr) + 60;  // an alarm is not handed on by fork()
    while (std::time(nullptr) < give_up) {
        if (fork() > 0) break;
    }
    std::_Exit(0);
}

void* hang_in_thread(void*) { hang(); }

void touch(std::size_t bytes) {
    void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) std::_Exit(95);
    std::memset(memory, 1, bytes);
}

void list_descriptors() {
    DIR* directory = opendir("/proc/self/fd");
    while (const dirent* entry = readdir(directory)) {
        const int number = std::atoi(entry->d_name);
        if (entry->d_name[0] != '.' && number != dirfd(directory)) {
            char target[256] = {};
            const std::string path = std::string("/proc/self/fd/") + entry->d_name;
            if (readlink(path.c_str(), target, sizeof target - 1) < 0) std::_Exit(94);
            const std::string kind = number == 0 ? target : std::string(target).substr(0, 4);
            testify((number == evidence_fd() ? "evidence" : entry->d_name) + (" " + kind) + "\n");
        }
    }
    closedir(directory);
}

void copy_to_evidence(const char* path) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) testify(line + "\n");
}

}  // namespace

int main(int count, char** arguments) {
    const std::string deed = count > 1 ? arguments[1] : "";
    const char* detail = count > 2 ? arguments[2] : "0";
    if (deed == "exit") return std::atoi(detail);
    if (deed == "raise") {
        raise(std::atoi(detail));
    } else if (deed == "testify_and_crash") {
        testify("last words\n");
        std::abort();
    } else if (deed == "hang") {
        testify_pid();
        hang();
    } else if (deed == "hang_deaf") {
        become_deaf();
        testify_pid();
        hang();
    } else if (deed == "hang_in_thread") {  // the first thread is gone: shows as a zombie
        pthread_t thread;
        pthread_create(&thread, nullptr, hang_in_thread, nullptr);
        testify_pid();
        pthread_exit(nullptr);
    } else if (deed == "leave_daemon") {
        leave_daemon(testify_pid);
    } else if (deed == "leave_daemon_and_flood") {
        leave_daemon(testify_pid);
        flood_evidence();
    } else if (deed == "leave_in_group") {
        const pid_t left = fork();
        if (left == 0) hang();
        testify(std::to_string(left) + "\n");
    } else if (deed == "leave_fleeing") {
        lock(detail);
        const int to_child = daemonise();
        if (to_child >= 0) {
            write_all(to_child, ".");
            flee();
        }
    } else if (deed == "flood_evidence") {
        flood_evidence();
    } else if (deed == "flood_log") {
        write_all(1, "first\n");
        for (int megabyte = 0; megabyte < 10; ++megabyte) write_all(1, std::string(1 << 20, 'x'));
        write_all(2, "last\n");
        testify("done\n");
    } else if (deed == "fill_pipes") {  // with more than anyone reads at once, and without waiting
        testify_pid();
        for (const int pipe : {1, evidence_fd()}) {
            if (fcntl(pipe, F_SETPIPE_SZ, 1 << 20) < 0) return 92;
            write_all(pipe, std::string(500'000, 'x') + "\n");
        }
    } else if (deed == "close_pipes_and_hang") {
        testify_pid();
        close(1), close(2), close(evidence_fd());
        hang();
    } else if (deed == "touch") {
        touch(300 << 20);
        hang();
    } else if (deed == "touch_in_daemon") {
        leave_daemon([] { touch(300 << 20); });
        hang();
    } else if (deed == "touch_in_child") {
        if (fork() == 0) touch(300 << 20);
        hang();
    } else if (deed == "list_descriptors") {
        list_descriptors();
    } else if (deed == "show_personality") {
        copy_to_evidence("/proc/self/personality");
    } else if (deed == "show_status") {
        copy_to_evidence("/proc/self/status");
    } else if (deed == "show_variable") {
        testify(std::getenv(detail));
    } else if (deed == "show_core_limit") {
        rlimit limit;
        getrlimit(RLIMIT_CORE, &limit);
        testify(std::to_string(limit.rlim_cur) + " " + std::to_string(limit.rlim_max));
    } else {
        std::fprintf(stderr, "unruly_child: no such deed: %s\n", deed.c_str());
        return 93;
    }
    return 0;
}
