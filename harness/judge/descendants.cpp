#include "descendants.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <system_error>
#include <thread>

#include "file_descriptor.hpp"

namespace racepair::judge {

using namespace std::chrono_literals;

Descendants::Descendants() : self_(getpid()), sessions_of_others_{getsid(0)} {
    const Table table = read_table();
    for (const auto& [pid, process] : table) {
        if (pid == self_ || !is_ours(process, table)) continue;
        others_.insert(process.id);
    }
    for (const Id& id : others_) sessions_of_others_.insert(table.at(id.first).session);

    struct sigaction by_default {};
    by_default.sa_handler = SIG_DFL;
    sigaction(SIGCHLD, &by_default, &old_sigchld_);
    prctl(PR_GET_CHILD_SUBREAPER, &was_reaper_);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

Descendants::~Descendants() {
    try {
        if (child_ != 0) end_all();
    } catch (const std::exception&) {  // no descriptor or memory left to look at /proc with
        kill(child_, SIGKILL);
    }
    prctl(PR_SET_CHILD_SUBREAPER, was_reaper_);
    sigaction(SIGCHLD, &old_sigchld_, nullptr);
}

std::size_t Descendants::reap_and_measure() {
    static const long page_bytes = sysconf(_SC_PAGESIZE);
    std::size_t pages = 0;
    for (const Process& process : ours()) {
        pages += static_cast<std::size_t>(process.resident_pages);
        if (process.parent == self_ && process.id.first != child_ && !is_alive(process)) {
            waitpid(process.id.first, nullptr, WNOHANG | __WALL);
        }
    }
    return pages * static_cast<std::size_t>(page_bytes);
}

// Signals go to our own children only, and to their groups: until we reap a child, neither its
// number nor that of its group can be given to another process. The descendants further down become
// our children as their parents die, and have their turn in the next round.
//
// An empty list proves that none is left although /proc is not read at one instant: a descendant
// alive at the start of the walk has one ancestor that is our child, and that one stays in /proc,
// dead or alive, until we reap it.
Descendants::Count Descendants::end_all() {
    std::set<Id> outlived;
    const auto give_up = std::chrono::steady_clock::now() + 5s;
    while (true) {
        const std::vector<Process> left = ours();
        const bool too_late = std::chrono::steady_clock::now() > give_up;
        for (const Process& process : left) {
            if (is_alive(process) && process.id.first != child_) outlived.insert(process.id);
        }
        if (left.empty() || too_late) {
            child_ = 0;
            return {static_cast<int>(outlived.size()), static_cast<int>(left.size())};
        }
        bool reaped_any = false;
        for (const Process& process : left) {
            if (process.parent != self_) continue;
            // A child that has not come to its setsid() yet is still in the group of the caller.
            const bool own_group = !sessions_of_others_.contains(process.session);
            if (own_group && process.group > 1) kill(-process.group, SIGKILL);
            kill(process.id.first, SIGKILL);
            if (waitpid(process.id.first, nullptr, WNOHANG | __WALL) > 0) reaped_any = true;
        }
        if (!reaped_any) std::this_thread::sleep_for(1ms);  // dying takes them a moment
    }
}

bool Descendants::is_alive(const Process& process) {
    // A process whose first thread has ended shows as a zombie while its other threads run on.
    return (process.state != 'Z' && process.state != 'X') || process.threads > 1;
}

bool Descendants::is_ours(const Process& process, const Table& table) const {
    const Process* step = &process;
    for (std::size_t climbed = 0; climbed <= table.size(); ++climbed) {
        if (others_.contains(step->id)) return false;
        if (step->id.first == child_) return true;
        if (step->parent == self_) {
            return child_ == 0 || !sessions_of_others_.contains(step->session);
        }
        const auto parent = table.find(step->parent);
        if (parent == table.end()) return false;
        step = &parent->second;
    }
    return false;  // a circle: numbers were given anew while we read
}

std::vector<Descendants::Process> Descendants::ours() const {
    if (child_ == 0) return {};
    const Table table = read_table();
    std::vector<Process> found;
    for (const auto& [pid, process] : table) {
        if (pid != self_ && is_ours(process, table)) found.push_back(process);
    }
    return found;
}

Descendants::Table Descendants::read_table() {
    const std::unique_ptr<DIR, int (*)(DIR*)> proc(opendir("/proc"), closedir);
    if (!proc) throw std::system_error(errno, std::generic_category(), "/proc");
    Table table;
    while (const dirent* entry = readdir(proc.get())) {
        const pid_t pid = std::atoi(entry->d_name);
        Process process{};
        if (pid > 0 && read_process(pid, process)) table.emplace(pid, process);
    }
    return table;
}

bool Descendants::read_process(pid_t pid, Process& process) {
    const std::string path = "/proc/" + std::to_string(pid) + "/stat";
    const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    char text[1024];
    const ssize_t length = file.is_open() ? read(file.number(), text, sizeof text - 1) : -1;
    if (length <= 0) return false;
    text[length] = '\0';
    // The program's name stands in parentheses and may itself contain some: the last one counts.
    const char* after_name = std::strrchr(text, ')');
    if (after_name == nullptr) return false;
    process.id.first = pid;
    return std::sscanf(after_name + 1,
                       " %c %d %d %d %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %ld"
                       " %*s %llu %*s %ld",
                       &process.state, &process.parent, &process.group, &process.session,
                       &process.threads, &process.id.second, &process.resident_pages) == 7;
}

}  // namespace racepair::judge
