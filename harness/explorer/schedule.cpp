#include "schedule.hpp"

#include <link.h>

#include <initializer_list>

#include "globals.hpp"

// The linker's names for where the program's code begins and ends.
extern "C" {
extern char __executable_start __attribute__((visibility("hidden")));
extern char etext __attribute__((visibility("hidden")));
}

namespace racepair::explorer {
namespace {

int find_base(dl_phdr_info* info, std::size_t, void* found) {
    *static_cast<std::uintptr_t*>(found) = info->dlpi_addr;
    return 1;  // the program itself comes first
}

char* put_number(char* at, std::uint64_t number, unsigned base) {
    char digits[24];
    int count = 0;
    do {
        digits[count++] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number != 0);
    while (count > 0) *at++ = digits[--count];
    return at;
}

/// Reads a number and moves on; false if there is none, or it is too large.
bool get_number(const char*& at, std::uint64_t& number, unsigned base) {
    number = 0;
    const char* begin = at;
    for (;; ++at) {
        unsigned digit = base;
        if (*at >= '0' && *at <= '9') digit = static_cast<unsigned>(*at - '0');
        if (*at >= 'a' && *at <= 'f') digit = static_cast<unsigned>(*at - 'a') + 10;
        if (digit >= base) break;
        number = number * base + digit;
        if (number > 0xffffffff) return false;
    }
    return at != begin;
}

}  // namespace

bool is_of_program(std::uintptr_t pc) {
    return pc >= reinterpret_cast<std::uintptr_t>(&__executable_start) &&
           pc < reinterpret_cast<std::uintptr_t>(&etext);
}

std::uintptr_t relative(std::uintptr_t pc) {
    RACEPAIR_KEPT static std::uintptr_t base = 1;
    if (base == 1) dl_iterate_phdr(find_base, &base);
    return pc - base;
}

RACEPAIR_KEPT std::uint32_t Schedule::of_nothing_ = 0;

void Schedule::be_of(const char* program, int threads, int rounds) {
    of_nothing_ = 2166136261u;
    for (; *program != '\0'; ++program)
        of_nothing_ = (of_nothing_ ^ static_cast<unsigned char>(*program)) * 16777619u;
    for (const int count : {threads, rounds})
        of_nothing_ = (of_nothing_ ^ static_cast<std::uint32_t>(count)) * 16777619u;
}

std::uint32_t Schedule::mix(std::uint32_t check, const Turn& turn, std::uintptr_t pc) {
    // FNV-1a (Fowler, Noll & Vo 1991). The order of turns is in the schedule itself; a sum over
    // them lets the check be made in any order.
    std::uint32_t hash = 2166136261u;
    const std::uint64_t parts[] = {static_cast<std::uint64_t>(turn.thread), turn.operation,
                                   is_of_program(pc) ? relative(pc) : 0};
    for (const std::uint64_t part : parts)
        for (int i = 0; i < 8; ++i) hash = (hash ^ ((part >> (8 * i)) & 0xff)) * 16777619u;
    return check + hash;
}

bool Schedule::take(const Trace& trace) {
    turns_.clear();
    check_ = of_nothing_;
    std::uintptr_t pc = 0;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const Event& event = trace[i];
        if (turns_.size() > 0 && turns_.back().thread == event.thread) {
            turns_.back().operation = event.operation;
        } else {
            if (turns_.size() > 0) check_ = mix(check_, turns_.back(), pc);
            if (turns_.is_full()) return false;
            turns_.add() = {event.thread, event.operation};
        }
        pc = event.step.pc;
    }
    if (turns_.size() > 0) check_ = mix(check_, turns_.back(), pc);
    return true;
}

void Schedule::write(char* text) const {
    char* at = text;
    for (const char* begin = "rp1-"; *begin != '\0'; ++begin) *at++ = *begin;
    at = put_number(at, check_, 16);
    for (std::size_t i = 0; i < turns_.size(); ++i) {
        *at++ = '-';
        at = put_number(at, static_cast<std::uint64_t>(turns_[i].thread), 10);
        *at++ = '.';
        at = put_number(at, turns_[i].operation, 10);
    }
    *at = '\0';
}

const char* Schedule::read(const char* text) {
    turns_.clear();
    const char* at = text;
    while (*at == ' ' || *at == '"' || *at == '\'' || *at == '\n') ++at;
    for (const char* begin = "rp1-"; *begin != '\0'; ++begin)
        if (*at++ != *begin) return "a schedule begins with rp1-";
    std::uint64_t number = 0;
    if (!get_number(at, number, 16)) return "after rp1- comes a check of hexadecimal digits";
    check_ = static_cast<std::uint32_t>(number);
    while (*at == '-') {
        ++at;
        std::uint64_t thread = 0;
        if (!get_number(at, thread, 10) || thread >= most_threads || *at++ != '.' ||
            !get_number(at, number, 10))
            return "turns are written as <thread>.<operation>, with - between them";
        if (turns_.is_full()) return "it has more turns than any schedule that is written here";
        turns_.add() = {static_cast<int>(thread), static_cast<std::uint32_t>(number)};
    }
    while (*at == ' ' || *at == '"' || *at == '\'' || *at == '\n' || *at == '\r') ++at;
    return *at == '\0' ? nullptr : "there is something after its end, or a part is missing";
}

void Replay::begin() {
    turn_ = 0;
    fits_ = true;
    check_ = Schedule::of_nothing();
}

bool Replay::here(int thread, std::uint32_t operation, std::uintptr_t pc) const {
    bool stops = false;
    for (std::size_t i = 0; i < schedule_.turns(); ++i) {
        const auto& turn = schedule_.turn(i);
        if (turn.thread != thread) continue;
        if (turn.operation == operation) check_ = Schedule::mix(check_, turn, pc);
        // Nobody begins before its first turn, or goes on after one.
        stops |= operation == 1 || turn.operation + 1 == operation;
    }
    return stops;
}

bool Replay::traps(int thread, std::uint32_t operation) const {
    if (!traps_ || schedule_.turns() == 0) return false;
    const auto& last = schedule_.turn(schedule_.turns() - 1);
    return thread == last.thread && operation == last.operation;
}

int Replay::choose(const Choice& choice) {
    for (; turn_ < schedule_.turns(); ++turn_) {
        const auto& turn = schedule_.turn(turn_);
        const State state = execution.thread(turn.thread).state;
        if (state == State::finished) continue;
        // Not there yet: it takes another one to create it, or to let it go on.
        if (state != State::at_operation) break;
        if (execution.thread(turn.thread).operations > turn.operation) continue;
        if ((choice.enabled & only(turn.thread)) == 0) {
            fits_ = false;
            break;
        }
        return turn.thread;
    }
    return (choice.enabled & only(choice.current)) != 0 ? choice.current : first_of(choice.enabled);
}

int Again::choose(const Choice& choice) {
    return execution.planned_thread(static_cast<std::size_t>(choice.depth));
}

}  // namespace racepair::explorer
