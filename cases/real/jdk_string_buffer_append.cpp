// jdk_string_buffer_append: each function of StringBuffer is synchronised.
// append asks the other buffer for its length and then for as many characters;
// if it has been cut in between there are no longer that many, and getChars
// throws.

#include <atomic>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>
#include <type_traits>

#include "racepair/case.hpp"

namespace jdk_string_buffer_append {

struct Buffer {
    std::recursive_mutex mutex;  // as Java's monitors are
    std::string text = "abc";
    std::size_t length() {
        std::lock_guard lock(mutex);
        return text.size();
    }
    bool has_chars(std::size_t count) {
        std::lock_guard lock(mutex);
        return count <= text.size();  // if not, Java throws here
    }
};

struct Racy : Buffer {
    bool append(Buffer& other) {
        std::lock_guard lock(mutex);
        const std::size_t count = other.length();
        std::this_thread::yield();
        return other.has_chars(count);  // as many as there were
    }
};

struct Fixed : Buffer {
    bool append(Buffer& other) {
        std::scoped_lock lock(mutex, other.mutex);  // the other one as well
        const std::size_t count = other.length();
        std::this_thread::yield();
        return other.has_chars(count);
    }
};

struct AsksTwice : Buffer {
    bool append(Buffer& other) {
        std::lock_guard lock(mutex);
        std::size_t count = other.length();
        if (count != other.length()) count = other.length();
        std::this_thread::yield();  // it may be asked ten times
        return other.has_chars(count);
    }
};

// One cuts and refills a buffer that the others append to their own ones.
constexpr auto append_what_is_cut = [](auto& shared, auto& team) {
    std::atomic<int> thrown = 0;
    team.run([&](int index) {
        std::remove_reference_t<decltype(shared)> own;
        for (int i = 0; i < team.rounds(); ++i) {
            std::unique_lock lock(shared.mutex);
            if (index == 0) shared.text = i % 2 == 0 ? "" : "abc";
            lock.unlock();
            std::this_thread::yield();
            if (index > 0 && !own.append(shared)) ++thrown;
        }
    });
    return thrown.load();
};

}  // namespace jdk_string_buffer_append

using namespace jdk_string_buffer_append;

RACEPAIR_CASE("real.jdk_string_buffer_append")
    .lesson("Synchronised functions do not make a synchronised sequence of two of them.")
    .exercise("Fixed locks two buffers. What if a appends b while b appends a?")
    .source(
        "JDK 1.4, StringBuffer.append; C. Flanagan and S. Qadeer, A type and effect system for "
        "atomicity, 2003")
    .scope({.threads = 4, .rounds = 50})
    .explore_scope({.threads = 2, .rounds = 1})
    .needs_company([](auto& buffer) { return buffer.append(buffer); })
    .expects(0)
    .scenario(append_what_is_cut)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<AsksTwice>("asks_twice", racepair::Defect::race_condition)
    .fixed<Fixed>()
    .false_alarm("helgrind", racepair::When::always,
                 "it takes a lock that is only tried for one that is waited for");
