// apache_25520_log_buffer: each request appends its line to one buffer. Where
// the line begins is read first, where the next one begins is written last;
// requests that meet in between write over each other's lines.

#include <array>
#include <atomic>
#include <cstddef>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace apache_25520_log_buffer {

constexpr std::size_t line = 2, most = 1024;

struct Racy {
    std::size_t count = 0;
    std::array<char, most> buffer = {};
    void write(char who) {
        const std::size_t begin = count;  // others begin here as well
        for (std::size_t i = 0; i < line; ++i) buffer[begin + i] = who;
        std::this_thread::yield();
        count += line;
    }
};

struct Fixed {
    std::size_t count = 0;
    std::array<char, most> buffer = {};
    std::mutex mutex;
    void write(char who) {
        std::lock_guard lock(mutex);  // from the read to the write
        const std::size_t begin = count;
        for (std::size_t i = 0; i < line; ++i) buffer[begin + i] = who;
        std::this_thread::yield();
        count += line;
    }
};

struct AtomicCount {
    std::atomic<std::size_t> count = 0;
    std::array<char, most> buffer = {};
    void write(char who) {
        const std::size_t begin = count;  // still others begin here as well
        for (std::size_t i = 0; i < line; ++i) buffer[begin + i] = who;
        std::this_thread::yield();
        count += line;
    }
};

constexpr auto log_together = [](auto& log, auto& team) {
    team.run([&](int index) {
        const char who = static_cast<char>('a' + index);
        for (int i = 0; i < team.rounds(); ++i) log.write(who);
    });
    const auto& text = log.buffer;
    int lines = 0;
    for (std::size_t at = 0; at < log.count; at += line)
        lines += text[at] != 0 && text[at] == text[at + 1];
    return lines;
};

}  // namespace apache_25520_log_buffer

using namespace apache_25520_log_buffer;

RACEPAIR_CASE("real.apache_25520_log_buffer")
    .lesson(
        "An index and what it points at are one state: they need one lock, held from the read "
        "to the write.")
    .exercise(
        "With AtomicCount the length is right in the end. Why are lines missing all the "
        "same?")
    .source("Apache httpd bug 25520 (2003); S. Lu et al., Learning from Mistakes, 2008")
    .scope({.threads = 4, .rounds = 20})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(log_together)
    .racy<Racy>()
    .wrong_fix<AtomicCount>("atomic_count", racepair::Defect::data_race)
    .fixed<Fixed>();
