#include "subject_process.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <system_error>
#include <utility>

#include "child_start.hpp"
#include "clipped_log.hpp"
#include "descendants.hpp"
#include "file_descriptor.hpp"

namespace racepair::judge {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// One child from its start to its end.
class Run {
   public:
    explicit Run(const Launch& launch) : launch_(launch), log_(launch.log_limit) {}

    Traces to_the_end();

   private:
    using Sink = void (Run::*)(std::string_view);

    bool start();
    void watch();
    void wait_for_news();
    bool has_ended();
    bool breaks_a_bound();
    void read_from(FileDescriptor& pipe, Sink take);
    void drain(FileDescriptor& pipe, Sink take);
    void take_evidence(std::string_view piece);
    void take_log(std::string_view piece) { log_.append(piece); }
    void take_notes(std::string_view piece) { notes_.append(piece); }
    void end_as(Ended how, std::string detail);
    void weigh_notes();

    milliseconds elapsed() const {
        return std::chrono::duration_cast<milliseconds>(Clock::now() - begin_);
    }

    const Launch& launch_;
    const Clock::time_point begin_ = Clock::now();
    Clock::time_point next_measurement_ = begin_ + milliseconds(50);
    ClippedLog log_;
    std::string notes_;
    std::size_t line_begin_ = 0;  // in the evidence: where the first line without newline starts
    Traces traces_;
    Ending& ending_ = traces_.ending;
    StartedChild child_;
    FileDescriptor pidfd_;
    Descendants family_;  // last, so that all of them are ended first
};

Traces Run::to_the_end() {
    if (!start()) return std::move(traces_);
    watch();
    ending_.wall = elapsed();
    const Descendants::Count count = family_.end_all();
    ending_.orphans = count.outlived;
    ending_.survivors = count.survivors;
    drain(child_.notes, &Run::take_notes);
    drain(child_.evidence, &Run::take_evidence);
    drain(child_.log, &Run::take_log);
    if (traces_.evidence_truncated) {
        end_as(Ended::flooded_evidence,
               "wrote more than " + std::to_string(launch_.evidence_limit) + " bytes of evidence");
    }
    weigh_notes();
    traces_.log = log_.text();
    traces_.log_dropped = log_.dropped();
    return std::move(traces_);
}

bool Run::start() {
    try {
        child_ = start_child(launch_);
    } catch (const std::system_error& error) {
        const std::string program = launch_.command.empty() ? "" : " " + launch_.command.front();
        end_as(Ended::not_started, "cannot start" + program + ": " + error.what());
        return false;
    }
    family_.adopt(child_.pid);
#ifdef SYS_pidfd_open
    pidfd_ = FileDescriptor(static_cast<int>(syscall(SYS_pidfd_open, child_.pid, 0)));
#endif
    return true;
}

void Run::watch() {
    while (!has_ended() && !breaks_a_bound()) {
        wait_for_news();
        read_from(child_.notes, &Run::take_notes);
        read_from(child_.evidence, &Run::take_evidence);
        read_from(child_.log, &Run::take_log);
    }
}

void Run::wait_for_news() {
    const auto to_measurement = std::chrono::ceil<milliseconds>(next_measurement_ - Clock::now());
    milliseconds longest = std::min(launch_.time_limit - elapsed(), to_measurement);
    // Kernels before 5.3 cannot tell of the child's end this way: look for it often.
    if (!pidfd_.is_open()) longest = std::min(longest, milliseconds(10));
    std::array<pollfd, 4> sources{{{child_.notes.number(), POLLIN, 0},
                                   {child_.evidence.number(), POLLIN, 0},
                                   {child_.log.number(), POLLIN, 0},
                                   {pidfd_.number(), POLLIN, 0}}};
    poll(sources.data(), sources.size(), std::max(0, static_cast<int>(longest.count())));
}

bool Run::has_ended() {
    siginfo_t info{};
    // The child stays a zombie for now: that keeps the number of its process group taken.
    if (waitid(P_PID, static_cast<id_t>(child_.pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0) {
        return false;
    }
    if (info.si_pid == 0) return false;
    ending_.how = info.si_code == CLD_EXITED ? Ended::exited : Ended::signalled;
    ending_.code = info.si_status;
    return true;
}

bool Run::breaks_a_bound() {
    if (traces_.evidence_truncated) return true;
    if (elapsed() >= launch_.time_limit) {
        end_as(Ended::hung,
               "did not end within " + std::to_string(launch_.time_limit.count()) + " ms");
        return true;
    }
    const auto now = Clock::now();
    if (now < next_measurement_) return false;
    const std::size_t resident = family_.reap_and_measure();
    // On a machine with very many processes, spend no more than a twentieth of the time on this.
    const auto cost = Clock::now() - now;
    next_measurement_ = now + std::max<Clock::duration>(milliseconds(50), 20 * cost);
    if (resident <= launch_.memory_limit) return false;
    end_as(Ended::over_memory, "held " + std::to_string(resident) + " bytes of memory, allowed " +
                                   std::to_string(launch_.memory_limit));
    return true;
}

void Run::read_from(FileDescriptor& pipe, Sink take) {
    if (!pipe.is_open()) return;
    std::array<char, 64 * 1024> buffer;
    const ssize_t length = read(pipe.number(), buffer.data(), buffer.size());
    if (length > 0) (this->*take)({buffer.data(), static_cast<std::size_t>(length)});
    if (length == 0) pipe.close();  // else poll() would report the end-of-file for ever
}

/// Reads what is in the pipe now, not until end-of-file: a survivor could go on writing.
void Run::drain(FileDescriptor& pipe, Sink take) {
    int waiting = 0;
    if (ioctl(pipe.number(), FIONREAD, &waiting) != 0) return;
    std::string rest(static_cast<std::size_t>(waiting), '\0');
    const ssize_t length = read(pipe.number(), rest.data(), rest.size());
    if (length > 0)
        (this->*take)(std::string_view(rest).substr(0, static_cast<std::size_t>(length)));
}

void Run::take_evidence(std::string_view piece) {
    std::string& evidence = traces_.evidence;
    const std::size_t room = launch_.evidence_limit - evidence.size();
    const std::size_t seen = evidence.size();
    evidence.append(piece.substr(0, room));
    if (piece.size() > room) traces_.evidence_truncated = true;
    std::size_t newline = evidence.find('\n', seen);
    for (; newline != std::string::npos; newline = evidence.find('\n', line_begin_)) {
        const std::size_t begin = std::exchange(line_begin_, newline + 1);
        if (launch_.on_evidence) {
            launch_.on_evidence(std::string_view(evidence).substr(begin, newline - begin));
        }
    }
}

void Run::end_as(Ended how, std::string detail) {
    ending_.how = how;
    ending_.code = 0;
    ending_.detail = std::move(detail);
}

void Run::weigh_notes() {
    StartNote note;
    for (std::size_t at = 0; at + sizeof note <= notes_.size(); at += sizeof note) {
        std::memcpy(&note, notes_.data() + at, sizeof note);
        const std::string reason = std::generic_category().message(note.error);
        switch (note.what) {
            case StartNote::aslr_is_off: ending_.aslr_off = true; break;
            case StartNote::aslr_refused:
                ending_.aslr_failure = "personality(ADDR_NO_RANDOMIZE): " + reason;
                break;
            case StartNote::exec_failed:
                end_as(Ended::not_started,
                       "cannot start " + launch_.command.front() + ": " + reason);
                break;
        }
    }
}

}  // namespace

Traces run(const Launch& launch) { return Run(launch).to_the_end(); }

}  // namespace racepair::judge
