#include "machine.hpp"

#include <sched.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace racepair::judge {
namespace {

namespace fs = std::filesystem;

std::string ranges_of(const cpu_set_t& set) {
    std::ostringstream text;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &set)) continue;
        int last = cpu;
        while (last + 1 < CPU_SETSIZE && CPU_ISSET(last + 1, &set)) ++last;
        if (text.tellp() > 0) text << ',';
        text << cpu;
        if (last > cpu) text << '-' << last;
        cpu = last;
    }
    return text.str();
}

bool is_program(const fs::path& path) {
    return access(path.c_str(), X_OK) == 0 && !fs::is_directory(path);
}

std::string versioned_symbolizer() {
    for (int version = 40; version >= 14; --version) {
        const auto number = std::to_string(version);
        if (auto found = program_in_path("llvm-symbolizer-" + number); !found.empty()) return found;
        const fs::path inside = "/usr/lib/llvm-" + number + "/bin/llvm-symbolizer";
        if (is_program(inside)) return inside;
    }
    return "";
}

}  // namespace

std::string program_in_path(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (!folder.empty() && is_program(fs::path(folder) / name)) return fs::path(folder) / name;
    return "";
}

Machine this_machine() {
    Machine machine;
    machine.cpus_online = static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
    machine.cpus_allowed = machine.cpus_online;
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
        machine.cpus_allowed = CPU_COUNT(&allowed);
        machine.allowed_list = ranges_of(allowed);
    }
    int bits = 0;
    if (std::ifstream("/proc/sys/vm/mmap_rnd_bits") >> bits) machine.mmap_rnd_bits = bits;
    if (const char* options = std::getenv("TSAN_OPTIONS")) machine.tsan_options = options;
    machine.symbolizer = program_in_path("llvm-symbolizer");
    if (machine.symbolizer.empty()) machine.other_symbolizer = versioned_symbolizer();
    return machine;
}

}  // namespace racepair::judge
