#include "child_start.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace racepair::judge {
namespace {

constexpr int preferred_evidence_number = 198;  // out of the way of what programs open themselves

int checked(int result, const char* call) {
    if (result < 0) throw std::system_error(errno, std::generic_category(), call);
    return result;
}

/// Moves a descriptor to `least` or above, close-on-exec.
FileDescriptor moved_up(const FileDescriptor& from, int least) {
    return FileDescriptor(checked(fcntl(from.number(), F_DUPFD_CLOEXEC, least), "fcntl"));
}

struct Pipe {
    FileDescriptor read_end, write_end;
};

Pipe make_pipe() {
    int ends[2];
    checked(pipe2(ends, O_CLOEXEC), "pipe2");
    Pipe low{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
    // Numbers 0 to 2 come out of pipe2() when the judge was started with them closed; they are what
    // the child's standard streams are about to be put on.
    Pipe pipe{moved_up(low.read_end, 3), moved_up(low.write_end, 3)};
    checked(fcntl(pipe.read_end.number(), F_SETFL, O_NONBLOCK), "fcntl");
    return pipe;
}

FileDescriptor at_evidence_number(FileDescriptor write_end) {
    const int moved = fcntl(write_end.number(), F_DUPFD_CLOEXEC, preferred_evidence_number);
    // Where descriptors are limited to fewer, any number will do.
    return moved >= 0 ? FileDescriptor(moved) : std::move(write_end);
}

std::vector<int> open_descriptors() {
    std::vector<int> numbers;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        numbers.push_back(std::atoi(entry.path().filename().c_str()));
    }
    return numbers;
}

std::vector<std::string> environment_for(const Launch& launch, int evidence) {
    std::map<std::string, std::string> changes = launch.environment;
    changes["RACEPAIR_EVIDENCE_FD"] = std::to_string(evidence);
    std::vector<std::string> entries;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        if (!changes.contains(text.substr(0, text.find('=')))) entries.push_back(text);
    }
    for (const auto& [name, value] : changes) entries.push_back(name + "=" + value);
    return entries;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// All that the child needs, made before the fork: it may not allocate any more.
struct Plan {
    std::vector<char*> arguments, environment;
    std::vector<int> inherited;  // every descriptor of the judge
    int null, log, evidence, notes;
    bool aslr_off;
    pid_t judge;
};

void tell(const Plan& plan, StartNote::What what, int error) {
    const StartNote note{what, error};
    // There is no one to tell when this fails.
    [[maybe_unused]] const ssize_t written = write(plan.notes, &note, sizeof note);
}

void set_up_signals() {
    struct sigaction by_default {};
    by_default.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; ++signal) sigaction(signal, &by_default, nullptr);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

void set_up_descriptors(const Plan& plan) {
    for (const int number : plan.inherited) {
        if (number > 2) fcntl(number, F_SETFD, FD_CLOEXEC);
    }
    dup2(plan.null, 0);
    dup2(plan.log, 1);
    dup2(plan.log, 2);
    fcntl(plan.evidence, F_SETFD, 0);
}

void set_up_personality(const Plan& plan) {
    constexpr unsigned long query = 0xffffffff;
    int current = personality(query);
    if (plan.aslr_off && current >= 0 && (current & ADDR_NO_RANDOMIZE) == 0) {
        const auto wanted = static_cast<unsigned>(current) | ADDR_NO_RANDOMIZE;
        if (personality(wanted) < 0) tell(plan, StartNote::aslr_refused, errno);
        current = personality(query);
    }
    if (current >= 0 && (current & ADDR_NO_RANDOMIZE) != 0) tell(plan, StartNote::aslr_is_off, 0);
}

/// Runs in the child. Only async-signal-safe calls.
[[noreturn]] void become_subject(const Plan& plan) {
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != plan.judge) _exit(127);  // the judge died before the line above
    // A set-user-id program would be out of the reach of our signals.
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    set_up_descriptors(plan);
    set_up_personality(plan);
    set_up_signals();
    execve(plan.arguments[0], plan.arguments.data(), plan.environment.data());
    tell(plan, StartNote::exec_failed, errno);
    _exit(127);
}

}  // namespace

StartedChild start_child(const Launch& launch) {
    if (launch.command.empty()) throw std::system_error(EINVAL, std::generic_category(), "command");
    const FileDescriptor null =
        moved_up(FileDescriptor(checked(open("/dev/null", O_RDONLY | O_CLOEXEC), "/dev/null")), 3);
    Pipe evidence = make_pipe(), log = make_pipe(), notes = make_pipe();
    const FileDescriptor evidence_end = at_evidence_number(std::move(evidence.write_end));

    std::vector<std::string> arguments = launch.command;
    std::vector<std::string> environment = environment_for(launch, evidence_end.number());
    const Plan plan{pointers_to(arguments),
                    pointers_to(environment),
                    open_descriptors(),
                    null.number(),
                    log.write_end.number(),
                    evidence_end.number(),
                    notes.write_end.number(),
                    launch.aslr_off,
                    getpid()};

    // No handler of the judge may run in the child.
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    const pid_t pid = fork();
    if (pid == 0) become_subject(plan);
    const int error = errno;
    sigprocmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0) throw std::system_error(error, std::generic_category(), "fork");
    return {pid, std::move(evidence.read_end), std::move(log.read_end), std::move(notes.read_end)};
}

}  // namespace racepair::judge
